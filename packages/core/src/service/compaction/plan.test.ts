import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createChunkId } from "../../entry/log-id.ts";
import type { StoredChunk } from "../../store.ts";
import { isLarge, mergedEntriesMax, planMerges } from "./plan.ts";

/** A chunk of the plan's world: what it looks at, and how often each of its entries was written. */
interface Written extends StoredChunk {
  readonly writes: number;
}

let ids = 0;
const chunkOf = (count: number, writes: number): Written => {
  const id = createChunkId(0, { high: 1, low: ++ids }, 0);
  const position = { time: 0, id };
  return {
    writes,
    bound: position,
    position: id,
    bytes: () => Promise.reject(new Error("the plan reads no bytes")),
    meta: {
      id,
      count,
      minTime: 0,
      minId: id,
      maxTime: 0,
      maxId: id,
      severityCounts: [count, 0, 0],
      digest: undefined,
    },
  };
};

const total = (chunks: readonly StoredChunk[]) =>
  chunks.reduce((sum, { meta }) => sum + meta.count, 0);

/** Merges groups as the compaction does. */
const mergeAll = (chunks: readonly Written[], groups: readonly StoredChunk[][]): Written[] => {
  const merged = groups.flatMap((group) => {
    const writes = Math.max(...group.map((chunk) => (chunk as Written).writes)); // made by `chunkOf`
    const count = total(group);
    const parts = Math.ceil(count / mergedEntriesMax);
    return Array.from({ length: parts }, (_, part) =>
      chunkOf(Math.floor(count / parts) + (part < count % parts ? 1 : 0), writes + 1),
    );
  });
  return [...chunks.filter((chunk) => !groups.some((group) => group.includes(chunk))), ...merged];
};

describe("the plan of merges", () => {
  it("leaves large chunks alone, and takes no chunk twice", () => {
    const counts = fc.array(fc.integer({ min: 1, max: mergedEntriesMax }), { maxLength: 300 });
    fc.assert(
      fc.property(counts, fc.boolean(), (sizes, isClosed) => {
        const chunks = sizes.map((count) => chunkOf(count, 0));
        const planned = planMerges(chunks, isClosed).flat();
        expect(new Set(planned).size).toBe(planned.length);
        expect(planned.filter(({ meta }) => isLarge(meta.count))).toEqual([]);
        expect(planMerges(chunks, isClosed).filter((group) => group.length < 2)).toEqual([]);
      }),
    );
  });

  it("writes no entry again more than a few times, however chunks come", () => {
    const rounds = fc.array(
      fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 2000 })), { maxLength: 40 }),
      { minLength: 30, maxLength: 60 },
    );
    fc.assert(
      fc.property(rounds, fc.boolean(), (arrivals, isClosed) => {
        let chunks: Written[] = [];
        for (const counts of arrivals) {
          chunks.push(...counts.map((count) => chunkOf(count, 0)));
          chunks = mergeAll(chunks, planMerges(chunks, isClosed));
        }
        // Each time an entry is written again its chunk is twice as large at least, or large.
        const most = Math.log2(mergedEntriesMax) + 1;
        for (const { writes } of chunks) expect(writes).toBeLessThanOrEqual(most);
      }),
      { numRuns: 30 },
    );
  });

  it("leaves few small chunks of an hour that is over", () => {
    let chunks: Written[] = Array.from({ length: 3000 }, (_, index) =>
      chunkOf(1 + (index % 40), 0),
    );
    for (let round = 0; round < 10; round++) chunks = mergeAll(chunks, planMerges(chunks, true));
    expect(chunks.length).toBeLessThan(20);
    expect(planMerges(chunks, true)).toEqual([]);
  });
});
