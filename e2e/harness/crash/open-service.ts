import { createChunkEncoder } from "@log-service/core";
import { createSeeds, type MergeTask, mergeChunks } from "@log-service/core/service";
import { openSqliteStore } from "@log-service/stores/sqlite";
import type { Random } from "../random.ts";
import { createTestService } from "../service.ts";

/**
 * What a process that is about to be killed runs: the service on a folder, and what compaction and erasure need to replace chunks
 * there at once and on this thread. `clock` is the store's, and may run ahead.
 */
export const openService = async (folder: string, random: Random, clock: () => number) => {
  const store = await openSqliteStore({ folder, clock });
  const bits = () => random.integer(0, 2 ** 42 - 1);
  const { encode } = createChunkEncoder();
  return {
    service: createTestService({ store, now: Date.now, random: bits }),
    replacing: {
      store,
      nextSeed: createSeeds(Date.now, bits),
      merge: async (task: MergeTask) => mergeChunks(task, encode),
      rest: async () => undefined,
      timer: () => performance.now(),
      onDamage: () => undefined,
    },
  };
};
