import {
  arrivalsKeptMs,
  type ChunkMeta,
  type ChunkStore,
  createChunkId,
  type IdRun,
  type MergedChunk,
  type TenantChunk,
} from "@log-service/core";
import { createTestChunk } from "./chunks.ts";
import type { TestClock } from "./test-store.ts";

/** Merged chunks of tests have this in their ids. */
const mergedSeed = 0xabc;

export const isMergedId = (id: string): boolean => id.slice(15, 18) === mergedSeed.toString(16);

/** A chunk with everything of others, where nothing is left out. Stores look neither into the bytes nor into filters. */
export const createMergedChunk = (
  old: readonly ChunkMeta[],
  spans: readonly IdRun[],
  seed: number,
): MergedChunk => {
  const first = old.reduce((a, b) =>
    a.minTime < b.minTime || (a.minTime === b.minTime && a.minId < b.minId) ? a : b,
  );
  const last = old.reduce((a, b) =>
    a.maxTime > b.maxTime || (a.maxTime === b.maxTime && a.maxId > b.maxId) ? a : b,
  );
  const count = old.reduce((sum, meta) => sum + meta.count, 0);
  return {
    bytes: createTestChunk({ seed: 1000 + seed, size: 50 + count }).bytes,
    spans,
    filter: seed % 2 === 0 ? undefined : createTestChunk({ seed: 2000 + seed, size: 20 }).bytes,
    meta: {
      id: createChunkId(last.maxTime, { high: mergedSeed, low: seed }, 0),
      count,
      minTime: first.minTime,
      minId: first.minId,
      maxTime: last.maxTime,
      maxId: last.maxId,
      severityCounts: [count, 0, 0],
      digest: undefined,
    },
  };
};

/** The span of a chunk as it came. */
export const spanOf = ({ id, count }: ChunkMeta): IdRun => ({ firstId: id, count });

/** One chunk in the place of those. */
export const mergeAll = (
  old: readonly Pick<TenantChunk, "tenant" | "meta">[],
  seed = 1,
): { tenant: string; old: ChunkMeta[]; chunks: MergedChunk[] } => {
  const metas = old.map(({ meta }) => meta);
  const chunks = [createMergedChunk(metas, metas.map(spanOf), seed)];
  return { tenant: old[0]?.tenant ?? "a", old: metas, chunks };
};

/** Lets so much time pass that everything may be replaced. */
export const age = async (store: ChunkStore, clock: TestClock | undefined): Promise<void> => {
  clock?.pass(arrivalsKeptMs + 60_000);
  // A store takes note of the time when it is used.
  await store.replace({ tenant: "nobody", old: [createTestChunk().meta], chunks: [] });
  clock?.pass(arrivalsKeptMs + 60_000);
};
