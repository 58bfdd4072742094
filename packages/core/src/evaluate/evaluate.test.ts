import { compile, type Filter } from "@log-service/query";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Chunk } from "../chunk/chunk.ts";
import { openChunk } from "../chunk/decode.ts";
import { encodeChunk } from "../chunk/encode.ts";
import { chunkIdFor } from "../chunk/test/sample.ts";
import { makeChunkFilter, openChunkFilter } from "../chunk-filter/index.ts";
import type { Entry } from "../entry/entry.ts";
import { createEvaluator } from "./evaluate.ts";
import { anyQuestion } from "./test/arbitraries.ts";

/** What a filter finds by the columns of a chunk, beside what its meaning on each entry says. */
const ask = (filter: Filter, entries: readonly Entry[], { bytes, meta }: Chunk) => {
  const reader = openChunk(bytes);
  const evaluator = createEvaluator(filter);
  const isMet = compile(filter);
  const indices = [...entries.keys()];
  const meant = indices.filter((i) => isMet({ ...entries[i]!, logId: reader.logId(i) }));
  const filterBytes = makeChunkFilter(entries, 20_000);
  const chunkFilter = filterBytes && openChunkFilter(filterBytes);
  return {
    verdict: evaluator.verdict(meta),
    isRuledOut: chunkFilter !== undefined && evaluator.isRuledOut?.(chunkFilter) === true,
    meant,
    find: (start: number, end: number) => {
      const set = evaluator.select(reader, start, end);
      const found = indices.filter((index) => set.has(index));
      expect(set.size).toBe(found.length);
      return found;
    },
  };
};

describe("evaluation on columns", () => {
  it("finds exactly the entries that the meaning on one entry finds", () => {
    fc.assert(
      fc.property(anyQuestion, fc.nat(), fc.nat(), ({ entries, filters }, a, b) => {
        const chunk = encodeChunk(entries, { id: chunkIdFor(entries) });
        const start = a % entries.length;
        const end = start + (b % (entries.length - start));
        for (const filter of filters) {
          const { find, meant, verdict, isRuledOut } = ask(filter, entries, chunk);
          expect(find(0, entries.length)).toEqual(meant);
          expect(find(start, end)).toEqual(meant.filter((i) => i >= start && i < end));
          expect(verdict === "all" ? meant.length : entries.length).toBe(entries.length);
          expect(verdict === "none" || isRuledOut ? meant : []).toEqual([]);
        }
      }),
      { numRuns: 250 },
    );
  });
});
