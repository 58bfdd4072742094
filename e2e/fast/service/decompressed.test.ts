// What a query costs, counted in bytes decompressed: on the game logs that the benchmark sends.
import { openChunk, parseBatch } from "@log-service/core";
import { encodeChunk } from "@log-service/core/chunk";
import { createEvaluator } from "@log-service/core/evaluate";
import { compile, parse } from "@log-service/query";
import { describe, expect, it } from "vitest";
import { createGenerator } from "../../../bench/src/generator/index.ts";

const startTime = Date.UTC(2026, 10, 22, 9);

/** The chunks of one batch of each of some producers. */
const chunks = Array.from({ length: 8 }, (_, producer) => {
  const generator = createGenerator({ seed: 7, startTime, entriesPerSecond: 1500 });
  const body = new TextEncoder().encode(generator.batchNdjson(producer, 1000));
  const context = { now: startTime + 3_600_000, oldest: 0, requireTimestamp: false };
  const entries = parseBatch(body, "ndjson", context).entries.toSorted(
    (a, b) => a.timestamp - b.timestamp,
  );
  const id = `01a2027b-d6fb-7c01-9f00-6b1e5a0${producer}0000`;
  return { entries, chunk: encodeChunk(entries, { id }) };
});

/** How many entries match, how many should, and how much was decompressed in relation to the chunks. */
const run = (query: string) => {
  const { filter, problems } = parse(query);
  expect(problems).toEqual([]);
  const evaluator = createEvaluator(filter);
  const isMet = compile(filter);
  let found = 0;
  let expected = 0;
  let decompressed = 0;
  let stored = 0;
  for (const { entries, chunk } of chunks) {
    const reader = openChunk(chunk.bytes);
    found += evaluator.select(reader, 0, entries.length).size;
    expected += entries.filter(isMet).length;
    decompressed += reader.bytesDecompressed;
    stored += chunk.bytes.length;
  }
  return { found, expected, share: decompressed / stored };
};

describe("a filter on what is no text", () => {
  it.each([
    "severity:error",
    "severity:(warning OR error)",
    "latency_ms:>480",
    "-latency_ms:[* TO 400]",
    "http.status:[500 TO 599]",
    "severity:error http.status:500",
    "timestamp:>=2026-11-22T09:00:10Z",
    "traceId:*",
    "no_such_field:x",
    "no_such_field:x connection",
  ])("decompresses less than a tenth of the chunks' bytes: %s", (query) => {
    const { found, expected, share } = run(query);
    expect(found).toBe(expected);
    expect(share).toBeLessThan(0.1);
  });
});

describe("a filter on text finds what it means", () => {
  const some = chunks[0]!.entries.find(({ attributeNames }) =>
    attributeNames.includes("player_id"),
  )!;
  const player = some.attributeValues[some.attributeNames.indexOf("player_id")];

  it.each([
    "connection",
    '"reset by"',
    "ms",
    "e",
    "GET /",
    "/[a-z]+ [0-9]{3}/",
    "/in [0-9.]+ ms/",
    `player_id:${player}`,
    "player_id:p-1*",
    `${player}`,
    "service:match*",
    "severity:error -service:gateway -timeout",
    `traceId:${some.traceId ?? "none"}`,
  ])("%s", (query) => {
    const { found, expected } = run(query);
    expect(found).toBe(expected);
    expect(found).toBeGreaterThan(0);
  });
});
