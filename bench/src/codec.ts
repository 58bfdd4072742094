import { type Chunk, type Entry, openChunk } from "@log-service/core";
import { createChunkEncoder } from "@log-service/core/chunk";
import { createChunkId, parseBatch } from "@log-service/core/entry";
import { createGenerator } from "./generator/index.ts";

// Measures the chunk codec alone, on one core: `node bench/src/codec.ts`.

const startTime = Date.UTC(2026, 10, 22, 9);

interface Sample {
  readonly entries: readonly Entry[];
  readonly rawBytes: number;
}

/** The entries of one request, in the order of a chunk, and how many bytes of NDJSON they were. */
const makeSample = (text: string): Sample => {
  const body = new TextEncoder().encode(text);
  const context = { now: startTime + 3_600_000, oldest: 0, requireTimestamp: false };
  const { entries } = parseBatch(body, "ndjson", context);
  entries.sort((a, b) => a.timestamp - b.timestamp);
  return { entries, rawBytes: body.length };
};

/** Batches of one producer each, or, of `mixed` requests, one entry of each producer in turn. */
const makeSamples = (count: number, size: number, mixed: boolean): Sample[] => {
  const generator = createGenerator({ seed: 20261122, startTime, entriesPerSecond: 1500 });
  return Array.from({ length: count }, (_, turn) => {
    const producerOf = (index: number) => (mixed ? index : turn) % generator.producers;
    let text = "";
    if (!mixed) text = generator.batchNdjson(producerOf(0), size);
    else for (let i = 0; i < size; i++) text += generator.batchNdjson(producerOf(i), 1);
    return makeSample(text);
  });
};

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Repeats for about the time and returns the seconds of processor time that one round took. */
const secondsOf = (round: () => void, forMs: number): number => {
  const start = cpuMs();
  let rounds = 0;
  while (cpuMs() - start < forMs) {
    round();
    rounds++;
  }
  return (cpuMs() - start) / 1000 / rounds;
};

const encoder = createChunkEncoder();

const encode = ({ entries }: Sample, turn: number): Chunk => {
  const time = entries.at(-1)?.timestamp ?? 0;
  return encoder.encode(entries, { id: createChunkId(time, { high: 1, low: turn }, 0) });
};

const hundred = Array.from({ length: 100 }, (_, index) => index);

const measure = (size: number, mixed: boolean): Record<string, string | number> => {
  const samples = makeSamples(Math.max(8, Math.ceil(20_000 / size)), size, mixed);
  const entries = samples.length * size;
  const rawBytes = samples.reduce((sum, sample) => sum + sample.rawBytes, 0);
  const encodeAll = () => samples.map(encode);
  const chunks = encodeAll();
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.bytes.length, 0);
  const indices = Array.from({ length: size }, (_, index) => index);
  const decodeAll = () => chunks.map((chunk) => openChunk(chunk.bytes).entries(indices));
  const page = indices.length < hundred.length ? indices : hundred;
  const readPages = () => chunks.map((chunk) => openChunk(chunk.bytes).entries(page));
  const severities = () => chunks.map((chunk) => openChunk(chunk.bytes).severityCodes());
  for (const round of [encodeAll, decodeAll, readPages, severities]) secondsOf(round, 300);
  const perEntry = bytes / entries;
  return {
    entries: size,
    from: mixed ? "20 producers" : "one producer",
    "raw bytes/entry": Number((rawBytes / entries).toFixed(1)),
    "bytes/entry": Number(perEntry.toFixed(1)),
    ratio: Number((bytes / rawBytes).toFixed(4)),
    "encode k/s": Math.round(entries / secondsOf(encodeAll, 1000) / 1000),
    "decode k/s": Math.round(entries / secondsOf(decodeAll, 700) / 1000),
    "read 100 us": Math.round((secondsOf(readPages, 500) / samples.length) * 1e6),
    "severities us": Math.round((secondsOf(severities, 300) / samples.length) * 1e6),
  };
};

const rows = [
  measure(1, false),
  measure(25, false),
  measure(64, true),
  measure(1000, false),
  measure(1000, true),
  measure(2000, false),
];
console.table(rows);
