import type { Position } from "../chunk/chunk.ts";
import { createEvaluator } from "../evaluate/evaluate.ts";
import { compareIn, type Found, selectFrom } from "../service/select.ts";
import type { ChunkVisitor } from "./scanner.ts";
import type { PageTask } from "./task.ts";

/** An entry that was found in a slice. */
export interface Hit extends Position {
  /** Its chunk's place in the slice. */
  readonly place: number;
  readonly index: number;
}

/** Finds the first entries of each slice, in the order of the answer. */
export const createPageScanner = (task: PageTask): ChunkVisitor => {
  const selection = { ...task, evaluator: createEvaluator(task.filter) };
  const { order, limit } = task;
  let hits: Hit[] = [];
  const compare = (a: Position, b: Position) => compareIn(order, a, b);
  return {
    visit: (reader, place) => {
      const worst = hits[limit - 1];
      const found = selectFrom(reader, selection, worst);
      if (found.length === 0) return false;
      const added = found.map(({ time, id, index }: Found): Hit => ({ time, id, index, place }));
      hits = [...hits, ...added].sort(compare).slice(0, limit);
      return true;
    },
    take: () => {
      const taken = hits;
      hits = [];
      return taken;
    },
  };
};
