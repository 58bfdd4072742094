import fc from "fast-check";
import { expect, it } from "vitest";
import type { Entry } from "../entry/entry.ts";
import { createChunkId, logIdAt } from "../entry/log-id.ts";
import { type Chunk, createChunkEncoder, encodeChunk, openChunk, readChunkMeta } from "./index.ts";
import { anyEntries, normalize } from "./test/arbitraries.ts";
import { readAll } from "./test/read-all.ts";
import { chunkIdFor, sampleEntries } from "./test/sample.ts";

const encode = (entries: readonly Entry[]): Chunk =>
  encodeChunk(entries, { id: chunkIdFor(entries) });

const withoutIds = (entries: readonly (Entry & { logId?: string })[]): Entry[] =>
  entries.map(({ logId: _, ...entry }) => entry);

it("gives entries of any shape back, apart from the order of their attributes", () => {
  fc.assert(
    fc.property(anyEntries(25), (entries) => {
      const back = readAll(encode(entries).bytes);
      expect(normalize(withoutIds(back))).toEqual(normalize(entries));
    }),
    { numRuns: 120 },
  );
});

it("gives back chunks of any size, game entries and others mixed", () => {
  const sizes = fc.record({ count: fc.integer({ min: 1, max: 2000 }), odd: anyEntries(8) });
  fc.assert(
    fc.property(sizes, ({ count, odd }) => {
      const entries = [...sampleEntries(count, count), ...odd];
      entries.sort((a, b) => a.timestamp - b.timestamp);
      const back = readAll(encode(entries).bytes);
      expect(normalize(withoutIds(back))).toEqual(normalize(entries));
    }),
    { numRuns: 15 },
  );
});

it("gives back a chunk of the most entries that a batch may have, each with attributes of its own", () => {
  const entries = sampleEntries(2000).map((entry, index) => ({
    ...entry,
    attributeNames: Array.from({ length: 8 }, (_, k) => `attribute-${index}-${k}`),
    attributeValues: Array.from({ length: 8 }, (_, k) => index * k),
  }));
  expect(normalize(withoutIds(readAll(encode(entries).bytes)))).toEqual(normalize(entries));
});

it("keeps an attribute apart from a built-in field of its name, and from one of another type", () => {
  const [base] = sampleEntries(1) as [Entry];
  const attributeValues = ["a", 1, true, "", "x"];
  const named = (...attributeNames: string[]): Entry => ({
    ...base,
    attributeNames,
    attributeValues,
  });
  const entries = [
    named("service", "level", "message", "", "__proto__"),
    { ...named("level", "service", "constructor", "traceId", ""), service: undefined },
    { ...named("", "a", "b", "c", "d"), traceId: undefined, level: undefined },
  ];
  expect(normalize(withoutIds(readAll(encode(entries).bytes)))).toEqual(normalize(entries));
});

it("writes the same bytes for the same entries", () => {
  const encoder = createChunkEncoder();
  for (const count of [1, 7, 8, 64, 500]) {
    const entries = sampleEntries(count);
    const { bytes } = encode(entries);
    encoder.encode(sampleEntries(2000, 2), { id: chunkIdFor(entries) });
    expect(encoder.encode(structuredClone(entries), { id: chunkIdFor(entries) }).bytes).toEqual(
      bytes,
    );
  }
});

it("has a buffer of its own size", () => {
  for (const count of [1, 100, 1000]) {
    const { bytes } = encode(sampleEntries(count));
    expect(bytes.buffer.byteLength).toBe(bytes.length);
  }
});

it("reads a chunk that lies within a larger buffer", () => {
  const { bytes, meta } = encode(sampleEntries(300));
  const larger = new Uint8Array(bytes.length + 20).fill(0xff);
  larger.set(bytes, 7);
  const within = larger.subarray(7, 7 + bytes.length);
  expect(readChunkMeta(within)).toEqual(meta);
  expect(readAll(within)).toEqual(readAll(bytes));
});

it("tells in front what it holds", () => {
  const entries = sampleEntries(100);
  const id = chunkIdFor(entries);
  const chunk = encodeChunk(entries, { id, digest: "0123456789abcdef" });
  const count = (severity: string) => entries.filter((one) => one.severity === severity).length;
  expect(chunk.meta).toEqual({
    id,
    count: 100,
    minTime: entries[0]!.timestamp,
    minId: id,
    maxTime: entries[99]!.timestamp,
    maxId: logIdAt(id, 99),
    severityCounts: [count("info"), count("warning"), count("error")],
    digest: "0123456789abcdef",
  });
  expect(readChunkMeta(chunk.bytes)).toEqual(chunk.meta);
});

it("keeps a largest time that is not the one in its id", () => {
  const entries = sampleEntries(10);
  const id = createChunkId(5, { high: 1, low: 2 }, 3);
  expect(readChunkMeta(encodeChunk(entries, { id }).bytes).maxTime).toBe(entries[9]!.timestamp);
});

it("gives each entry its id, and finds it by that", () => {
  const entries = sampleEntries(50);
  const reader = openChunk(encode(entries).bytes);
  const ids = entries.map((_, index) => logIdAt(reader.meta.id, index));
  expect(readAll(encode(entries).bytes).map((entry) => entry.logId)).toEqual(ids);
  expect(ids.map((id) => reader.indexOf(id))).toEqual(entries.map((_, index) => index));
  expect(reader.indexOf(logIdAt(reader.meta.id, 50))).toBe(-1);
  expect(reader.indexOf(createChunkId(1, { high: 1, low: 1 }, 1))).toBe(-1);
  expect(() => reader.logId(50)).toThrow(RangeError);
  expect(() => reader.entries([-1])).toThrow(RangeError);
});

it("holds entries of several chunks, as runs of ids", () => {
  const entries = sampleEntries(10);
  const a = createChunkId(entries[9]!.timestamp, { high: 1, low: 1 }, 0);
  const b = createChunkId(entries[8]!.timestamp, { high: 2, low: 2 }, 0);
  const runs = [
    { firstId: logIdAt(a, 3), count: 4 },
    { firstId: b, count: 1 },
    { firstId: logIdAt(a, 7), count: 5 },
  ];
  const { bytes, meta } = encodeChunk(entries, { id: a, runs });
  const ids = runs.flatMap(({ firstId, count }) =>
    Array.from({ length: count }, (_, index) => logIdAt(firstId, index)),
  );
  expect(readChunkMeta(bytes)).toEqual(meta);
  expect(meta).toMatchObject({ minId: ids[0], maxId: ids[9] });
  const reader = openChunk(bytes);
  expect(readAll(bytes).map((entry) => entry.logId)).toEqual(ids);
  expect(ids.map((id) => reader.indexOf(id))).toEqual(ids.map((_, index) => index));
  expect(reader.indexOf(a)).toBe(-1);
});

it("refuses no entries, and runs of other entries", () => {
  const entries = sampleEntries(3);
  const id = chunkIdFor(entries);
  expect(() => encodeChunk([], { id })).toThrow(RangeError);
  expect(() => encodeChunk(entries, { id, runs: [{ firstId: id, count: 2 }] })).toThrow(RangeError);
});
