import { Buffer } from "node:buffer";
import { createChunkId, logIdAt, type TenantChunk } from "@log-service/core";
import fc from "fast-check";
import { floorToMinute, timeMax } from "../chunk-rules.ts";

/** What a test says about a chunk; stores never look into the bytes. */
export interface ChunkPlan {
  readonly tenant: string;
  readonly maxTime: number;
  /** How long before `maxTime` the first entry is; cut at the beginning of the minute. */
  readonly spanMs: number;
  readonly count: number;
  /** Two plans with the same seed, ordinal and time give the same id. */
  readonly seed: number;
  readonly ordinal: number;
  readonly size: number;
  readonly digest: string | undefined;
}

/** Names that begin like each other: a store that joins names and keys without care confuses them. */
export const tenantNames = ["a", "a-", "a-b", "a-b-c", "a0", "ab", "b", "0"] as const;

/** 2026-11-22T09:30:00Z. */
export const someTime = Date.UTC(2026, 10, 22, 9, 30);
export const someDayBorder = Date.UTC(2026, 10, 23);

const somePlan: ChunkPlan = {
  tenant: "a",
  maxTime: someTime,
  spanMs: 0,
  count: 1,
  seed: 1,
  ordinal: 0,
  size: 40,
  digest: undefined,
};

/** Bytes that differ from chunk to chunk and do not repeat with a page's length. */
const bytesOf = (size: number, seed: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(size);
  let state = (seed * 2_654_435_761 + size) >>> 0;
  for (let index = 0; index < size; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
};

export const createTestChunk = (changes: Partial<ChunkPlan> = {}): TenantChunk => {
  const plan = { ...somePlan, ...changes };
  const { tenant, maxTime, spanMs, count, seed, ordinal, size, digest } = plan;
  const id = createChunkId(maxTime, { high: seed & 0xfff, low: seed }, ordinal);
  return {
    tenant,
    bytes: bytesOf(size, seed),
    meta: {
      id,
      count,
      minTime: Math.max(floorToMinute(maxTime), maxTime - spanMs),
      minId: id,
      maxTime,
      maxId: logIdAt(id, count - 1),
      severityCounts: [count, 0, 0],
      digest,
    },
  };
};

/** Chunks with different ids, one for each place in the list. */
export const createTestChunks = (
  length: number,
  plan: (index: number) => Partial<ChunkPlan>,
): TenantChunk[] =>
  Array.from({ length }, (_, index) => createTestChunk({ seed: index + 1, ...plan(index) }));

/** Times at and around borders of minutes and days, the first and the last ones, and a busy minute. */
const arbitraryTime = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: someTime, max: someTime + 200 }) },
  { weight: 2, arbitrary: fc.integer({ min: someTime - 60_002, max: someTime + 120_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: someDayBorder - 3, max: someDayBorder + 3 }) },
  fc.integer({ min: 0, max: 60_001 }),
  fc.integer({ min: timeMax - 2, max: timeMax }),
);

/** Plans in which equal ids, late and overlapping chunks are common. */
export const arbitraryPlan: fc.Arbitrary<ChunkPlan> = fc.record({
  tenant: fc.constantFrom(...tenantNames),
  maxTime: arbitraryTime,
  spanMs: fc.oneof(fc.constant(0), fc.nat(300), fc.nat(60_000)),
  count: fc.integer({ min: 1, max: 2000 }),
  seed: fc.nat(30),
  ordinal: fc.nat(3),
  size: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 900, max: 3000 })),
  digest: fc.constantFrom(undefined, undefined, "0123456789abcdef", "fedcba9876543210"),
});

/** A range of times: everything, or between two times that chunks have. */
export const arbitraryRange: fc.Arbitrary<{ from: number; to: number }> = fc.oneof(
  fc.constant({ from: 0, to: Number.MAX_SAFE_INTEGER }),
  fc.tuple(arbitraryTime, arbitraryTime).map(([a, b]) => ({
    from: Math.min(a, b),
    to: Math.max(a, b),
  })),
);

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
