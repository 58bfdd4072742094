import type { EntrySet } from "../evaluate/entry-set.ts";
import type { Masker } from "./masker.ts";

/** Numbers shapes in the order in which they come. */
export const createNumbering = () => {
  const shapes: string[] = [];
  const known = new Map<string, number>();
  const codeOf = (shape: string): number => {
    const found = known.get(shape);
    if (found !== undefined) return found;
    known.set(shape, shapes.length);
    return shapes.push(shape) - 1;
  };
  return { shapes, codeOf };
};

export type Numbering = ReturnType<typeof createNumbering>;

/** What the numbers of shapes are found for, and with. */
export interface Coding {
  readonly among: EntrySet;
  readonly masker: Masker;
  readonly numbering: Numbering;
}

/** The number of an entry's shape, -1 of one that is not looked at. It must be asked of each, in ascending order. */
export type CodeAt = (index: number) => number;
