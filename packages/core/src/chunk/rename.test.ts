import fc from "fast-check";
import { expect, it } from "vitest";
import { createChunkId } from "../entry/log-id.ts";
import { encodeChunk } from "./index.ts";
import { renameChunk } from "./rename.ts";
import { anyEntries } from "./test/arbitraries.ts";
import { chunkIdFor, sampleEntries } from "./test/sample.ts";

const otherId = (time: number) => createChunkId(time, { high: 0x7, low: 77 }, 1);

it("makes the chunk that its entries would be under the other id", () => {
  const digest = fc.constantFrom(undefined, "0123456789abcdef");
  fc.assert(
    fc.property(anyEntries(12), digest, (entries, content) => {
      const chunk = encodeChunk(entries, { id: chunkIdFor(entries), digest: content });
      const id = otherId(chunk.meta.maxTime);
      expect(renameChunk(chunk, id)).toEqual(encodeChunk(entries, { id, digest: content }));
    }),
    { numRuns: 100 },
  );
});

it("refuses a merged chunk, whose entries have ids of their own", () => {
  const entries = sampleEntries(4);
  const id = chunkIdFor(entries);
  const merged = encodeChunk(entries, { id, runs: [{ firstId: id, count: 4 }] });
  expect(() => renameChunk(merged, otherId(merged.meta.maxTime))).toThrow("keeps its ids");
});
