import { expect, it } from "vitest";
import type { Entry } from "../entry/entry.ts";
import { type Column, encodeChunk, type NumberColumn, openChunk } from "./index.ts";
import { chunkIdFor, sampleEntries } from "./test/sample.ts";

const jsonBytes = (entries: readonly Entry[]): number =>
  entries.reduce((sum, { attributeNames, attributeValues, ...fields }) => {
    const attributes = attributeNames.map((name, index) => [name, attributeValues[index]]);
    const json = {
      ...fields,
      timestamp: new Date(fields.timestamp),
      ...Object.fromEntries(attributes),
    };
    return sum + JSON.stringify(json).length + 1;
  }, 0);

const isLatency = (column: Column): column is NumberColumn =>
  column.type === "number" && column.name === "latency_ms";

const chunkOf = (entries: readonly Entry[]): Uint8Array =>
  encodeChunk(entries, { id: chunkIdFor(entries) }).bytes;

it("stores a single entry in no more than its JSON", () => {
  for (let seed = 0; seed < 20; seed++) {
    const entries = sampleEntries(1, seed);
    expect(chunkOf(entries).length).toBeLessThan(jsonBytes(entries));
  }
});

// The sample is shorter than what games send; `bench/src/codec.ts` measures that.
it.each([
  [25, 0.35],
  [64, 0.25],
  [1000, 0.14],
])("stores %i entries in a share of their JSON of at most %d", (count, shareMax) => {
  const entries = sampleEntries(count);
  expect(chunkOf(entries).length / jsonBytes(entries)).toBeLessThan(shareMax);
});

it("decompresses less than a tenth of a chunk to tell severities or numbers", () => {
  const entries = sampleEntries(1000);
  const bytes = chunkOf(entries);
  const severities = openChunk(bytes);
  severities.severityCodes();
  const numbers = openChunk(bytes);
  const latency = numbers.columns().find(isLatency)!;
  expect(latency.read().length).toBe(latency.count);
  const inLetters = (index: number) => [...`${index}`].map((digit) => "abcdefghij"[Number(digit)]);
  const texts = entries.map((entry, index) => ({
    ...entry,
    message: `said ${inLetters(index).join("")}`,
  }));
  const everything = openChunk(chunkOf(texts));
  everything.entries(entries.map((_, index) => index));
  expect(severities.bytesDecompressed).toBeLessThan(bytes.length * 0.1);
  expect(numbers.bytesDecompressed).toBeLessThan(bytes.length * 0.1);
  expect(everything.bytesDecompressed).toBeGreaterThan(0);
});
