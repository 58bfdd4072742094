import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  chunkIdOf,
  chunksPerSeed,
  createChunkId,
  type IdSeed,
  idFromBytes,
  idsPerChunk,
  idToBytes,
  indexOfLogId,
  isLogId,
  logIdAt,
  timeOfId,
} from "./log-id.ts";

const anyTime = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const anySeed: fc.Arbitrary<IdSeed> = fc.record({
  high: fc.integer({ min: 0, max: 2 ** 12 - 1 }),
  low: fc.integer({ min: 0, max: 2 ** 42 - 1 }),
});
const anyOrdinal = fc.integer({ min: 0, max: chunksPerSeed - 1 });
const anyIndex = fc.integer({ min: 0, max: idsPerChunk - 1 });

const bitsOf = (id: string): string =>
  BigInt(`0x${id.replaceAll("-", "")}`)
    .toString(2)
    .padStart(128, "0");

const bits = (value: number, count: number): string => value.toString(2).padStart(count, "0");

describe("ids of entries and chunks", () => {
  it("lay out time, version, seed, variant, seed, ordinal and index, in that order", () => {
    fc.assert(
      fc.property(anyTime, anySeed, anyOrdinal, anyIndex, (time, seed, ordinal, index) => {
        const id = logIdAt(createChunkId(time, seed, ordinal), index);
        expect(bitsOf(id)).toBe(
          bits(time, 48) +
            "0111" +
            bits(seed.high, 12) +
            "10" +
            bits(seed.low, 42) +
            bits(ordinal, 6) +
            bits(index, 14),
        );
      }),
    );
  });

  it("are UUIDs of version 7 (RFC 9562) in lower case", () => {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    fc.assert(
      fc.property(anyTime, anySeed, anyOrdinal, anyIndex, (time, seed, ordinal, index) => {
        const id = logIdAt(createChunkId(time, seed, ordinal), index);
        expect(id).toMatch(uuid);
        expect(isLogId(id)).toBe(true);
      }),
    );
  });

  it("give their time, their chunk and their index back", () => {
    fc.assert(
      fc.property(anyTime, anySeed, anyOrdinal, anyIndex, (time, seed, ordinal, index) => {
        const chunkId = createChunkId(time, seed, ordinal);
        const id = logIdAt(chunkId, index);
        expect(timeOfId(id)).toBe(time);
        expect(chunkIdOf(id)).toBe(chunkId);
        expect(indexOfLogId(chunkId, id)).toBe(index);
        expect(idFromBytes(idToBytes(id))).toBe(id);
      }),
    );
  });

  it("compare as text, as bytes and by (time, seed, ordinal, index) alike", () => {
    const anyId = fc
      // Few of each, so that ids share their beginnings.
      .tuple(
        fc.integer({ min: 0, max: 3 }),
        fc.constantFrom({ high: 0, low: 1 }, { high: 0, low: 2 ** 41 }, { high: 4095, low: 0 }),
        fc.constantFrom(0, 1, 63),
        fc.constantFrom(0, 1, 255, 256, idsPerChunk - 1),
      )
      .map(([time, seed, ordinal, index]) => ({
        id: logIdAt(createChunkId(time, seed, ordinal), index),
        parts: [time, seed.high, seed.low, ordinal, index],
      }));
    fc.assert(
      fc.property(anyId, anyId, (a, b) => {
        const differing = a.parts.findIndex((part, at) => part !== b.parts[at]);
        const byParts = Math.sign((a.parts[differing] ?? 0) - (b.parts[differing] ?? 0));
        expect(Number(a.id > b.id) - Number(a.id < b.id)).toBe(byParts);
        expect(idToBytes(a.id).compare(idToBytes(b.id))).toBe(byParts);
      }),
    );
  });

  it("count on from any entry of a chunk", () => {
    const first = createChunkId(1, { high: 2, low: 3 }, 4);
    const middle = logIdAt(first, 100);
    expect(logIdAt(middle, 5)).toBe(logIdAt(first, 105));
    expect(indexOfLogId(middle, logIdAt(first, 105))).toBe(5);
    expect(indexOfLogId(middle, logIdAt(first, 99))).toBe(-1);
  });

  it("do not belong to the chunk before or behind, nor to another seed or time", () => {
    const seed = { high: 2, low: 3 };
    const chunkId = createChunkId(1000, seed, 4);
    const others = [
      createChunkId(1000, seed, 5),
      createChunkId(1000, seed, 3),
      createChunkId(1000, { ...seed, low: 4 }, 4),
      createChunkId(1000, { ...seed, high: 3 }, 4),
      createChunkId(1001, seed, 4),
    ];
    expect(others.map((other) => indexOfLogId(chunkId, other))).toEqual([-1, -1, -1, -1, -1]);
  });

  it.each([
    ["another version", "019ab5c2-7d3e-4c01-9f00-6b1e5a000003"],
    ["another variant", "019ab5c2-7d3e-7c01-cf00-6b1e5a000003"],
    ["capital letters", "019AB5C2-7d3e-7c01-9f00-6b1e5a000003"],
    ["no dashes", "019ab5c27d3e7c019f006b1e5a000003"],
    ["a line end behind", "019ab5c2-7d3e-7c01-9f00-6b1e5a000003\n"],
    ["nothing", ""],
  ])("are not texts with %s", (_, text) => {
    expect(isLogId(text)).toBe(false);
  });

  it("are read from the middle of a buffer", () => {
    const id = createChunkId(1_795_338_000_123, { high: 0xabc, low: 0x3ffffffffff }, 63);
    const bytes = new Uint8Array(40);
    bytes.set(idToBytes(id), 7);
    expect(idFromBytes(bytes.subarray(7, 23))).toBe(id);
  });
});
