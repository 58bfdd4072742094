import { randomBytes } from "node:crypto";
import { arrivalsKeptMs, createChunkEncoder } from "@log-service/core";
import { createCompaction, createSeeds, mergeChunks } from "@log-service/core/service";
import { openSqliteStore } from "@log-service/stores/sqlite";

/**
 * Merges the chunks of a folder as a server does in the background, but at once: without its rests and its syncs, and with a clock
 * by which all of them have been there long enough.
 */
export const mergeStore = async (folder: string): Promise<void> => {
  let now = Date.now();
  const clock = () => now;
  await using store = await openSqliteStore({ folder, clock, syncLog: () => Promise.resolve() });
  const { encode } = createChunkEncoder();
  const compact = createCompaction({
    store,
    nextSeed: createSeeds(clock, () => randomBytes(6).readUIntBE(0, 6) % 2 ** 42),
    merge: async (task) => mergeChunks(task, encode),
    rest: () => Promise.resolve(),
    timer: () => performance.now(),
    onCompact: () => undefined,
    onDamage: ({ part }) => {
      throw new Error(`${part} is damaged`);
    },
  });
  // The store takes note of the time when it is used: the first round does that, the second merges.
  for (let round = 0; round < 2; round++) {
    now += 2 * arrivalsKeptMs;
    await compact({ from: 0, to: now }, new AbortController().signal);
  }
  while (await store.reclaim());
};
