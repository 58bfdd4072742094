import type { IdSeed } from "../entry/log-id.ts";

/** Gives 42 random bits. */
export type RandomBits = () => number;

/**
 * Makes the seeds of one process. Those of one millisecond count upwards, so that entries that arrive one after the
 * other in the same millisecond keep that order in the total order; 42 random bits keep processes apart.
 */
export const createSeeds = (now: () => number, randomBits: RandomBits): (() => IdSeed) => {
  let lastMs = -1;
  let counter = 0;
  return () => {
    const ms = now();
    counter = ms > lastMs ? 0 : Math.min(counter + 1, 0xfff);
    lastMs = Math.max(ms, lastMs);
    return { high: counter, low: randomBits() };
  };
};
