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

/**
 * The mean over the samples of the seconds that each took in its fastest round: the fastest is what other work on the
 * machine disturbs least.
 */
const secondsOf = (samples: number, run: (index: number) => void, forMs: number): number => {
  const fastest = new Float64Array(samples).fill(Number.POSITIVE_INFINITY);
  const start = performance.now();
  while (performance.now() - start < forMs) {
    for (let index = 0; index < samples; index++) {
      const begin = performance.now();
      run(index);
      const seconds = (performance.now() - begin) / 1000;
      if (seconds < (fastest[index] as number)) fastest[index] = seconds;
    }
  }
  return fastest.reduce((sum, seconds) => sum + seconds, 0) / samples;
};

const encoder = createChunkEncoder();

const encode = ({ entries }: Sample, turn: number): Chunk => {
  const time = entries.at(-1)?.timestamp ?? 0;
  return encoder.encode(entries, { id: createChunkId(time, { high: 1, low: turn }, 0) });
};

const pageEntries = 100;

const measure = (size: number, mixed: boolean): Record<string, string | number> => {
  const samples = makeSamples(Math.min(100, Math.ceil(10_000 / size)), size, mixed);
  const entries = samples.length * size;
  const rawBytes = samples.reduce((sum, sample) => sum + sample.rawBytes, 0);
  const chunks = samples.map(encode);
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.bytes.length, 0);
  const all = Array.from({ length: size }, (_, index) => index);
  // The indices are below the length.
  const encodeOne = (index: number) => encode(samples[index] as Sample, index);
  const open = (index: number) => openChunk((chunks[index] as Chunk).bytes);
  const time = (run: (index: number) => void) => secondsOf(samples.length, run, 3000);
  return {
    entries: size,
    from: mixed ? "20 producers" : "one producer",
    "raw bytes/entry": Number((rawBytes / entries).toFixed(1)),
    "bytes/entry": Number((bytes / entries).toFixed(1)),
    ratio: Number((bytes / rawBytes).toFixed(4)),
    "encode k/s": Math.round(size / time(encodeOne) / 1000),
    "decode k/s": Math.round(size / time((index) => open(index).entries(all)) / 1000),
    "open + read 100, us": Math.round(
      time((index) => open(index).entries(all.slice(0, pageEntries))) * 1e6,
    ),
    "open + severities, us": Math.round(time((index) => open(index).severityCodes()) * 1e6),
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
