import { createGenerator, type Generator } from "../generator/index.ts";

/** What a studio of some size sends. 10^7 entries are about two hours of it. */
export const entriesPerSecond = 1500;

export const seed = 20261122;

/** Game logs whose clock reaches now after `count` entries. */
export const gameLogsUntilNow = (count: number, seedOffset = 0): Generator =>
  createGenerator({
    seed: seed + seedOffset,
    startTime: Date.now() - (count / entriesPerSecond) * 1000,
    entriesPerSecond,
    producers: 20,
  });
