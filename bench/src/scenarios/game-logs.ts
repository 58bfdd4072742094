import { createGenerator, type Generator } from "../generator/index.ts";

/** What a studio of some size sends. 10^7 entries are about two hours of it. */
export const entriesPerSecond = 1500;

interface GameLogsOptions {
  readonly seed?: number;
  readonly producers?: number;
  /** When the last entry happens, in milliseconds since 1970. */
  readonly end?: number;
}

/** Game logs whose clock reaches now, or another end, after `count` entries. */
export const gameLogsUntilNow = (
  count: number,
  { seed = 20261122, producers = 20, end = Date.now() }: GameLogsOptions = {},
): Generator =>
  createGenerator({
    seed,
    startTime: end - (count / entriesPerSecond) * 1000,
    entriesPerSecond,
    producers,
  });
