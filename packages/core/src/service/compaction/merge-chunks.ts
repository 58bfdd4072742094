import type { Filter } from "@log-service/query";
import { type ChunkMeta, comparePositions, type IdRun } from "../../chunk/chunk.ts";
import { type ChunkReader, openChunk } from "../../chunk/decode.ts";
import { makeChunkFilter } from "../../chunk-filter/index.ts";
import type { StoredEntry } from "../../entry/entry.ts";
import {
  chunkIdOf,
  chunksPerSeed,
  createChunkId,
  type IdSeed,
  indexOfLogId,
  logIdAt,
} from "../../entry/log-id.ts";
import { isLogServiceError } from "../../errors.ts";
import { createEvaluator, type Evaluator } from "../../evaluate/evaluate.ts";
import { type MergedChunk, mergedBytesMax, type TimeRange } from "../../store.ts";
import { indicesOf } from "../select.ts";
import { type EncodeChunk, textOf } from "../split.ts";

/** What to merge. Plain data: it may travel to another thread. */
export interface MergeTask {
  readonly chunks: readonly Uint8Array<ArrayBuffer>[];
  /** For the ids of the new chunks. */
  readonly seed: IdSeed;
  readonly entriesMax: number;
  /** The id and the digest of its one chunk, where what is left of that stays under them. */
  readonly keeps?: Pick<ChunkMeta, "id" | "digest"> | undefined;
  /** What of the range matches is left out. */
  readonly erase?: (TimeRange & { readonly filter: Filter }) | undefined;
}

export interface Merged {
  readonly chunks: readonly MergedChunk[];
  /** Which of the task's chunks are in them: a damaged one is not, nor what would have been too much. */
  readonly used: readonly number[];
  /** Which of them are damaged. */
  readonly damaged: readonly number[];
  /** How many entries of the chunks that are used were left out. */
  readonly erased: number;
}

/** How much text one merged chunk holds, in UTF-16 units; a reader of a few entries decompresses all of it. */
const chunkTextMax = 4 * 1024 * 1024;

/** How much text is decoded at once. */
const taskTextMax = 4 * chunkTextMax;

interface Decoded {
  readonly entries: StoredEntry[];
  readonly texts: number;
  readonly erased: number;
}

/** Tells which entries of a chunk stay. */
type Choose = (reader: ChunkReader) => number[];

const chooseWith = (erase: MergeTask["erase"]): Choose => {
  const evaluator: Evaluator | undefined = erase && createEvaluator(erase.filter);
  return (reader) => {
    const all = Array.from({ length: reader.meta.count }, (_, index) => index);
    if (erase === undefined || evaluator === undefined) return all;
    const { start, end } = indicesOf(reader, { first: erase.from, last: erase.to - 1 });
    const matching = evaluator.select(reader, start, end);
    return all.filter((index) => !matching.has(index));
  };
};

const decode = (bytes: Uint8Array, choose: Choose): Decoded | undefined => {
  try {
    const reader = openChunk(bytes);
    const entries = reader.entries(choose(reader));
    const texts = entries.reduce((sum, entry) => sum + textOf(entry), 0);
    return { entries, texts, erased: reader.meta.count - entries.length };
  } catch (error) {
    if (isLogServiceError(error) && error.code === "CHUNK_CORRUPT") return undefined;
    throw error;
  }
};

const decodeAll = ({ chunks, erase }: MergeTask) => {
  const choose = chooseWith(erase);
  const used: number[] = [];
  const damaged: number[] = [];
  const entries: StoredEntry[] = [];
  let texts = 0;
  let erased = 0;
  for (const [index, bytes] of chunks.entries()) {
    const decoded = decode(bytes, choose);
    if (decoded === undefined) {
      damaged.push(index);
      continue;
    }
    texts += decoded.texts;
    if (texts > taskTextMax && used.length > 0) break;
    used.push(index);
    erased += decoded.erased;
    for (const entry of decoded.entries) entries.push(entry);
  }
  return { entries, used, damaged, erased };
};

const compare = (a: StoredEntry, b: StoredEntry): number =>
  comparePositions({ time: a.timestamp, id: a.logId }, { time: b.timestamp, id: b.logId });

/** The ids of entries in a row. */
const runsOf = (entries: readonly StoredEntry[]): IdRun[] => {
  const runs: { firstId: string; count: number }[] = [];
  let run: { firstId: string; count: number } | undefined;
  for (const { logId } of entries) {
    if (run !== undefined && logIdAt(run.firstId, run.count) === logId) run.count++;
    else {
      run = { firstId: logId, count: 1 };
      runs.push(run);
    }
  }
  return runs;
};

/** For each former chunk the span of its ids: entries of one chunk keep their order, so that its first run has the first. */
const spansOf = (runs: readonly IdRun[]): IdRun[] => {
  const spans = new Map<string, { firstId: string; count: number }>();
  for (const { firstId, count } of runs) {
    const chunkId = chunkIdOf(firstId);
    const span = spans.get(chunkId);
    if (span === undefined) spans.set(chunkId, { firstId, count });
    else span.count = indexOfLogId(span.firstId, firstId) + count;
  }
  return [...spans.values()];
};

/** Cuts entries into parts of about the same number, and of not too much text. */
const partsOf = (entries: readonly StoredEntry[], entriesMax: number): StoredEntry[][] => {
  if (entries.length === 0) return [];
  const size = Math.ceil(entries.length / Math.ceil(entries.length / entriesMax));
  const parts: StoredEntry[][] = [];
  let part: StoredEntry[] = [];
  let texts = 0;
  for (const entry of entries) {
    const text = textOf(entry);
    if (part.length > 0 && (part.length === size || texts + text > chunkTextMax)) {
      parts.push(part);
      part = [];
      texts = 0;
    }
    part.push(entry);
    texts += text;
  }
  if (part.length > 0) parts.push(part);
  return parts;
};

/**
 * Merges chunks of one tenant into as few as may be, each of a time of its own, with every entry that is not to be
 * erased, and its id. Pure, and free
 * of everything but the processor: fit for a worker thread.
 */
export const mergeChunks = (task: MergeTask, encodeChunk: EncodeChunk): Merged => {
  const { entries, used, damaged, erased } = decodeAll(task);
  // The chunks are sorted already, and sorting finds such runs.
  entries.sort(compare);
  const waiting = partsOf(entries, task.entriesMax).reverse();
  const chunks: MergedChunk[] = [];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const runs = runsOf(part);
    const time = part.at(-1)?.timestamp ?? 0;
    const block = Math.floor(chunks.length / chunksPerSeed);
    const seed = { high: (task.seed.high + block) % 2 ** 12, low: task.seed.low };
    const own = { id: createChunkId(time, seed, chunks.length % chunksPerSeed) };
    const chunk = encodeChunk(part, { ...(task.keeps ?? own), runs });
    if (chunk.bytes.length > mergedBytesMax && part.length > 1) {
      const middle = Math.floor(part.length / 2);
      waiting.push(part.slice(middle), part.slice(0, middle));
    } else {
      const filter = task.keeps ? undefined : makeChunkFilter(part, chunk.bytes.length);
      chunks.push({ ...chunk, spans: spansOf(runs), filter });
    }
  }
  return { chunks, used, damaged, erased };
};
