import type { ChunkShape } from "./chunk-shapes.ts";
import { groupShapes } from "./group.ts";
import { createPatternSearch, type FindPattern } from "./known-patterns.ts";
import { addShape, addTally, regroup, type Tallies, type Tally } from "./tally.ts";

/** The shapes of all entries that were looked at. */
export interface Shapes {
  add(shapes: readonly ChunkShape[]): void;
  /** Adds what another one collected. */
  addAll(other: Shapes): void;
  /** By shape. */
  readonly tallies: ReadonlyMap<string, Tally>;
  /** How many entries are in no tally, since there were more shapes than are kept. */
  readonly otherCount: number;
}

/** So many shapes are kept, 2 kB each at most without their examples. Programs have some hundreds. */
const shapesMax = 3000;

const byCount = ([a, { count: ofA }]: [string, Tally], [b, { count: ofB }]: [string, Tally]) =>
  ofB - ofA || (a < b ? -1 : 1);

/**
 * Collects shapes. Up to `max` of them it does not matter in which order, or cut into which chunks, entries come.
 * Beyond that they are grouped early, and when they are still too many the rarest are counted together.
 */
export const createShapes = (max = shapesMax): Shapes => {
  let tallies: Tallies = new Map();
  let otherCount = 0;
  let findPattern: FindPattern | undefined;
  const shrink = () => {
    if (tallies.size <= max) return;
    const counted = [...tallies].map(([shape, { count }]) => ({ shape, count }));
    const kept = [...regroup(tallies, groupShapes(counted))].sort(byCount);
    for (const [, { count }] of kept.slice(max / 2)) otherCount += count;
    tallies = new Map(kept.slice(0, max / 2));
    findPattern = createPatternSearch(tallies.keys());
  };
  /** Once shapes have been grouped, others of a known pattern are counted with it and do not fill the room again. */
  const nameOf = (shape: string): string =>
    tallies.has(shape) ? shape : (findPattern?.(shape) ?? shape);
  return {
    add: (shapes) => {
      for (const one of shapes) addShape(tallies, nameOf(one.shape), one);
      shrink();
    },
    addAll: (other) => {
      for (const [shape, tally] of other.tallies) addTally(tallies, nameOf(shape), tally);
      otherCount += other.otherCount;
      shrink();
    },
    get tallies() {
      return tallies;
    },
    get otherCount() {
      return otherCount;
    },
  };
};
