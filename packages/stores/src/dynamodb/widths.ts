import type { ChunkMeta } from "@log-service/core";

/**
 * Classes of the time from the first to the last entry of a chunk, by the widest of each. A key holds the last time only, so
 * that a reader of a range must look behind its end as far as a chunk may reach back. Chunks of each class lie apart: those
 * of an agent that sends each second need not be looked for as far as one that lasts a minute.
 */
export const widthsMs = [0, 500, 2000, 8000, 60_000] as const;

export const widthClassOf = ({ minTime, maxTime }: ChunkMeta): number =>
  widthsMs.findIndex((most) => maxTime - minTime <= most);
