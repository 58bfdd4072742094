import fc from "fast-check";
import { expect, it } from "vitest";
import type { Entry } from "../entry/entry.ts";
import { createChunkId } from "../entry/log-id.ts";
import { type Chunk, encodeChunk, openChunk } from "./index.ts";
import { anyEntries, normalize } from "./test/arbitraries.ts";

const idOf = (entries: readonly Entry[]): string =>
  createChunkId(entries.at(-1)!.timestamp, { high: 1, low: 2 }, 3);

const encode = (entries: readonly Entry[]): Chunk => encodeChunk(entries, { id: idOf(entries) });

const readAll = (bytes: Uint8Array): Entry[] => {
  const reader = openChunk(bytes);
  return reader
    .entries(Array.from({ length: reader.meta.count }, (_, index) => index))
    .map(({ logId: _, ...entry }) => entry);
};

it("gives entries back as they were, apart from the order of their attributes", () => {
  fc.assert(
    fc.property(anyEntries(40), (entries) => {
      expect(normalize(readAll(encode(entries).bytes))).toEqual(normalize(entries));
    }),
    { numRuns: 400 },
  );
});
