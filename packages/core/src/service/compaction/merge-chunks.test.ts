import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createChunkEncoder } from "../../chunk/encode.ts";
import { openChunk } from "../../chunk/index.ts";
import type { Entry, StoredEntry } from "../../entry/entry.ts";
import { chunkIdOf, createChunkId, indexOfLogId } from "../../entry/log-id.ts";
import { plainEntry } from "../../entry/test/plain-entry.ts";
import { type Merged, mergeChunks } from "./merge-chunks.ts";

const { encode } = createChunkEncoder();

const entryOf = (timestamp: number, message: string): Entry =>
  plainEntry({
    timestamp,
    message,
    service: "gateway",
    attributeNames: ["n"],
    attributeValues: [timestamp % 7],
  });

const encodeTimes = (times: readonly number[], number: number, message = "m") => {
  const entries = times
    .toSorted((a, b) => a - b)
    .map((time, index) => entryOf(time, `${message} ${index} of ${number}`));
  const id = createChunkId(entries.at(-1)?.timestamp ?? 0, { high: 1, low: number }, 0);
  return encode(entries, { id }).bytes;
};

const readEntries = (bytes: Uint8Array): StoredEntry[] => {
  const reader = openChunk(bytes);
  return reader.entries(Array.from({ length: reader.meta.count }, (_, index) => index));
};

const merge = (chunks: readonly Uint8Array<ArrayBuffer>[], entriesMax: number): Merged =>
  mergeChunks({ chunks, seed: { high: 5, low: 77 }, entriesMax }, encode);

const place = ({ timestamp, logId }: StoredEntry) =>
  `${String(timestamp).padStart(9, "0")} ${logId}`;

describe("merging chunks", () => {
  it("keeps every entry and its id, in order, and says where each id is", () => {
    const many = fc.array(fc.array(fc.nat(500), { minLength: 1, maxLength: 40 }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(many, fc.integer({ min: 1, max: 60 }), (times, entriesMax) => {
        const chunks = times.map((own, number) => encodeTimes(own, number));
        const before = chunks
          .flatMap(readEntries)
          .toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
        const merged = merge(chunks, entriesMax);
        expect(merged.used).toEqual([...chunks.keys()]);
        expect(merged.chunks.flatMap(({ bytes }) => readEntries(bytes))).toEqual(before);
        const ids = merged.chunks.map(({ meta }) => meta.id);
        expect(new Set([...ids, ...before.map(({ logId }) => logId)]).size).toBe(
          ids.length + before.length,
        );
        for (const { bytes, meta, spans } of merged.chunks) {
          expect(meta.count).toBeLessThanOrEqual(entriesMax);
          expect(new Set(spans.map(({ firstId }) => chunkIdOf(firstId))).size).toBe(spans.length);
          const reader = openChunk(bytes);
          for (const [index, { logId }] of readEntries(bytes).entries()) {
            expect(reader.indexOf(logId)).toBe(index);
            const inside = spans.filter(({ firstId, count }) => {
              const distance = indexOfLogId(firstId, logId);
              return distance >= 0 && distance < count;
            });
            expect(inside).toHaveLength(1);
          }
        }
        // Merged once more, into one.
        const again = merge(
          merged.chunks.map(({ bytes }) => bytes.slice()),
          10_000,
        );
        expect(again.chunks.flatMap(({ bytes }) => readEntries(bytes))).toEqual(before);
        expect(again.chunks[0]?.spans.map(({ count }) => count).toSorted()).toEqual(
          times.map(({ length }) => length).toSorted(),
        );
      }),
      { numRuns: 40 },
    );
  });

  it("leaves a damaged chunk out, and says so", () => {
    const chunks = [0, 1, 2].map((number) => encodeTimes([1, 2, 3], number));
    chunks[1]![chunks[1]!.length - 5]! ^= 1;
    const { used, chunks: merged } = merge(chunks, 100);
    expect(used).toEqual([0, 2]);
    expect(merged.map(({ meta }) => meta.count)).toEqual([6]);
  });

  it("takes no more text at once than fits, and cuts where a chunk has enough", () => {
    const text = "x".repeat(1_000_000);
    const chunks = Array.from({ length: 20 }, (_, number) => encodeTimes([1], number, text));
    const { used, chunks: merged } = merge(chunks, 10_000);
    expect(used.length).toBeLessThan(chunks.length);
    expect(used).toEqual(chunks.slice(0, used.length).map((_, index) => index));
    expect(merged.length).toBeGreaterThan(1);
    expect(merged.reduce((sum, { meta }) => sum + meta.count, 0)).toBe(used.length);
  });
});
