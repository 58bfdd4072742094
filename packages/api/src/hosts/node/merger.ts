import type { Merged, MergeTask } from "@log-service/core/service";
import { createEncodePool, type EncodePool } from "../encode/pool.ts";

/**
 * A thread that is there while something is merged: a step takes some 200 ms, for which batches would have to wait on the
 * threads that encode them.
 */
export const createMerger = () => {
  let pool: EncodePool | undefined;
  return {
    merge: (task: MergeTask): Promise<Merged> => {
      pool ??= createEncodePool(1);
      return pool.merge(task);
    },
    end: async (): Promise<void> => {
      const ending = pool;
      pool = undefined;
      await ending?.[Symbol.asyncDispose]();
    },
  };
};

/** How long background work rests between two steps, in times of what one took: it has a quarter of a processor, and requests the others. */
const restPerWork = 3;
const restMsMin = 5;

export const restMsAfter = (workedMs: number): number =>
  Math.max(workedMs * restPerWork, restMsMin);
