import { hashEntries, parseBatch, renderEntry } from "@log-service/core/entry";
import { createGenerator } from "./generator/index.ts";

// Measures parsing, validating, rendering and hashing of entries alone, on one core: `node bench/src/parse.ts`. The
// figures are of processor time of the main thread, so that other programs disturb them little; the best round counts.

const startTime = Date.UTC(2026, 10, 22, 9);
const context = { now: startTime + 3_600_000, oldest: 0, requireTimestamp: false };
const batches = 40;
const size = 1000;
const rounds = 30;
const logId = "019ab5c2-7d3e-7c01-9f00-6b1e5a000003";

const cpuNs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) * 1000;
};

/** Nanoseconds an entry, in the best round. */
const measure = (run: (batch: number) => void): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const start = cpuNs();
    for (let batch = 0; batch < batches; batch += 1) run(batch);
    best = Math.min(best, cpuNs() - start);
  }
  return best / (batches * size);
};

const generator = createGenerator({ seed: 20261122, startTime, entriesPerSecond: 1500 });
const texts = Array.from({ length: batches }, (_, turn) =>
  generator.batchNdjson(turn % generator.producers, size),
);
const bytesOf = (list: readonly string[]) => list.map((text) => new TextEncoder().encode(text));
const linesOf = (text: string): string[] => text.trimEnd().split("\n");

const ndjson = bytesOf(texts);
const arrays = bytesOf(texts.map((text) => `[${linesOf(text).join(",")}]`));
const plain = bytesOf(texts.map((text) => linesOf(text).join("\n").replaceAll('"', "'")));
// One character beyond Latin-1 in each body makes all of its text two bytes a character.
const wide = bytesOf(texts.map((text) => text.replaceAll("player", "игрок")));
// Each entry has an id that no double holds.
const ids = bytesOf(
  texts.map((text) => text.replaceAll('"severity"', '"steam_id":76561198000000001,"severity"')),
);
/** Made where it is needed: entries that are kept would cost each collection of garbage before. */
const parseNdjson = () => ndjson.map((body) => parseBatch(body, "ndjson", context).entries);

const hashAll = (): number => {
  const parsed = parseNdjson();
  return measure((batch) => hashEntries("default", parsed[batch] ?? []));
};

const renderAll = (): number => {
  const stored = parseNdjson().map((entries) => entries.map((entry) => ({ ...entry, logId })));
  return measure((batch) => stored[batch]?.forEach(renderEntry));
};

const parseAll = (bodies: readonly Uint8Array[], format: "json" | "ndjson" | "text") => () =>
  measure((batch) => {
    const { entries } = parseBatch(bodies[batch] ?? new Uint8Array(), format, context);
    if (entries.length !== size) throw new Error(`only ${entries.length} entries are accepted`);
  });

const cases: Record<string, () => number> = {
  "JSON.parse alone, line by line": () =>
    measure((batch) => {
      const text = new TextDecoder().decode(ndjson[batch]);
      for (let from = 0; from < text.length; ) {
        const end = text.indexOf("\n", from);
        JSON.parse(text.slice(from, end));
        from = end + 1;
      }
    }),
  "parseBatch, NDJSON": parseAll(ndjson, "ndjson"),
  "parseBatch, a JSON array": parseAll(arrays, "json"),
  "parseBatch, text": parseAll(plain, "text"),
  "parseBatch, NDJSON beyond ASCII": parseAll(wide, "ndjson"),
  "parseBatch, NDJSON, ids beyond 2^53": parseAll(ids, "ndjson"),
  hashEntries: hashAll,
  renderEntry: renderAll,
};

const rawBytes = ndjson.reduce((sum, body) => sum + body.length, 0) / (batches * size);
console.log(`${batches} batches of ${size} entries, ${rawBytes.toFixed(1)} bytes an entry`);
console.table(
  Object.entries(cases).map(([name, run]) => {
    const ns = run();
    return { what: name, "ns/entry": Math.round(ns), "k entries/s": Math.round(1e6 / ns) };
  }),
);
