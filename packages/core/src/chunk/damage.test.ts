import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLogServiceError } from "../errors.ts";
import { type ChunkReader, type Column, encodeChunk, openChunk, readChunkMeta } from "./index.ts";
import { readAll } from "./test/read-all.ts";
import { chunkIdFor, sampleEntries } from "./test/sample.ts";

const makeChunk = (count: number): Uint8Array => {
  const entries = sampleEntries(count, count);
  return encodeChunk(entries, { id: chunkIdFor(entries), digest: "00112233445566ff" }).bytes;
};

const flip = (bytes: Uint8Array, bit: number): Uint8Array => {
  const flipped = Uint8Array.from(bytes);
  flipped[bit >> 3]! ^= 1 << (bit & 7);
  return flipped;
};

const damaged = "damaged";

/** What reading gives: a value, or `damaged` for CHUNK_CORRUPT. Any other error fails the test. */
const outcome = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    expect(isLogServiceError(error) && error.code).toBe("CHUNK_CORRUPT");
    return damaged;
  }
};

const firstOf = (column: Column): unknown => {
  const values = column.read();
  return "at" in values && "kind" in values ? values.at(0) : values[0];
};

const accessors: readonly [name: string, read: (reader: ChunkReader) => unknown][] = [
  ["meta", (reader) => reader.meta],
  ["logId", (reader) => reader.logId(0)],
  ["indexOf", (reader) => reader.indexOf(reader.meta.maxId)],
  ["times", (reader) => reader.times()],
  ["severityCodes", (reader) => reader.severityCodes()],
  ["messages", (reader) => reader.messages().at(0)],
  ["service", (reader) => reader.strings("service")],
  ["traceId", (reader) => reader.strings("traceId")],
  ["columns", (reader) => reader.columns().map(({ name, type, count }) => ({ name, type, count }))],
  ["column", (reader) => reader.columns().map((column) => firstOf(column))],
  ["rows", (reader) => reader.columns().map((column) => [...reader.rows(column)])],
  ["one entry", (reader) => reader.entries([0])],
];

// A raw chunk, one of a shared frame, and one of a frame a stream.
describe.each([1, 7, 40, 700])("a damaged chunk of %i entries", (count) => {
  const bytes = makeChunk(count);
  const anyBit = fc.integer({ min: 0, max: bytes.length * 8 - 1 });

  it("is never read as if it were whole when a bit is flipped", () => {
    fc.assert(
      fc.property(anyBit, (bit) => {
        expect(outcome(() => readAll(flip(bytes, bit)))).toBe(damaged);
      }),
      { numRuns: 400 },
    );
  });

  it.each(accessors)("gives right values or CHUNK_CORRUPT from each accessor: %s", (_, read) => {
    const right = read(openChunk(bytes));
    fc.assert(
      fc.property(anyBit, (bit) => {
        const got = outcome(() => read(openChunk(flip(bytes, bit))));
        expect([damaged, right]).toContainEqual(got);
      }),
      { numRuns: 60 },
    );
  });

  it("is refused when it is cut", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => {
        expect(outcome(() => openChunk(bytes.slice(0, length)))).toBe(damaged);
        expect(outcome(() => readChunkMeta(bytes.slice(0, length)))).toBe(damaged);
      }),
    );
  });

  it("is refused when something stands behind it", () => {
    expect(outcome(() => openChunk(Uint8Array.of(...bytes, 0)))).toBe(damaged);
  });
});

it("finds every single flipped bit of a small chunk", () => {
  const bytes = makeChunk(2);
  const whole = Array.from({ length: bytes.length * 8 }, (_, bit) => bit).filter(
    (bit) => outcome(() => readAll(flip(bytes, bit))) !== damaged,
  );
  expect(whole).toEqual([]);
});

it("refuses garbage", () => {
  const garbage = fc.uint8Array({ maxLength: 300 });
  const withFront = garbage.map((rest) => Uint8Array.of(...makeChunk(1).subarray(0, 6), ...rest));
  fc.assert(
    fc.property(fc.oneof(garbage, withFront), (bytes) => {
      expect(outcome(() => readAll(bytes))).toBe(damaged);
    }),
    { numRuns: 500 },
  );
});
