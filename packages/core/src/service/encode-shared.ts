import type { Chunk } from "../chunk/chunk.ts";
import {
  type BatchFormat,
  type Entry,
  type IdSeed,
  type ParseContext,
  type ParsedBatch,
  parseBatch,
  type RejectedEntry,
} from "../entry/index.ts";
import { type ErrorParts, isLogServiceError, partsOfError } from "../errors.ts";
import { countServices, type ServiceCounts } from "./count-services.ts";
import { type EncodeChunk, encodeSlices } from "./split.ts";

/** Small bodies of one tenant whose entries go into the same chunks. Plain data: it may travel to another thread. */
export interface SharedTask {
  /** The bodies, one after the other. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly bodies: readonly SharedBody[];
  readonly context: ParseContext;
  readonly seed: IdSeed;
}

export interface SharedBody {
  /** Where it ends among the bytes. */
  readonly end: number;
  readonly format: BatchFormat;
  readonly textDefaults?: ParseContext["textDefaults"];
}

export interface ParsedBody {
  readonly isSingle: boolean;
  readonly accepted: number;
  readonly rejectedCount: number;
  readonly rejected: readonly RejectedEntry[];
  /** Where the first accepted entry is: its chunk, its index in that, its time. Nothing when there is none. */
  readonly chunk: number;
  readonly index: number;
  readonly timestamp: number;
}

interface FailedBody {
  readonly failure: ErrorParts;
}

export interface EncodedShare {
  readonly chunks: readonly Chunk[];
  /** Of each body: it could not be read at all, or some of its entries are in the chunks. */
  readonly outcomes: readonly (ParsedBody | FailedBody)[];
  readonly services: ServiceCounts;
}

const parseBodies = ({ bytes, bodies, context }: SharedTask): (ParsedBatch | FailedBody)[] => {
  let start = 0;
  return bodies.map(({ end, format, textDefaults }) => {
    const body = bytes.subarray(start, end);
    start = end;
    try {
      return parseBatch(body, format, textDefaults ? { ...context, textDefaults } : context);
    } catch (error) {
      if (!isLogServiceError(error)) throw error;
      return { failure: partsOfError(error) };
    }
  });
};

/** Where each entry comes when they are sorted by time; entries of one millisecond keep their order. */
const placesByTime = (entries: readonly Entry[]): Uint32Array => {
  const order = Uint32Array.from(entries, (_, index) => index);
  order.sort((a, b) => (entries[a]?.timestamp ?? 0) - (entries[b]?.timestamp ?? 0) || a - b);
  const places = new Uint32Array(order.length);
  for (const [place, index] of order.entries()) places[index] = place;
  return places;
};

/**
 * Parses, validates and encodes small bodies together: single posts would otherwise cost a chunk each. Pure, and free of
 * everything but the processor: fit for a worker thread.
 */
export const encodeShared = (task: SharedTask, encodeChunk: EncodeChunk): EncodedShare => {
  const parsed = parseBodies(task);
  const entries = parsed.flatMap((one) => ("failure" in one ? [] : one.entries));
  const places = placesByTime(entries);
  const sorted = new Array<Entry>(entries.length);
  for (const [index, entry] of entries.entries()) sorted[places[index] ?? 0] = entry;
  const slices = encodeSlices(sorted, { seed: task.seed }, encodeChunk);
  let taken = 0;
  const outcomes = parsed.map((one) => {
    if ("failure" in one) return one;
    const { isSingle, rejectedCount, rejected } = one;
    const [entry] = one.entries;
    const place = places[taken] ?? 0;
    const chunk = entry === undefined ? 0 : slices.findIndex(({ end }) => place < end);
    taken += one.entries.length;
    return {
      isSingle,
      accepted: one.entries.length,
      rejectedCount,
      rejected,
      chunk,
      index: place - (slices[chunk]?.start ?? 0),
      timestamp: entry?.timestamp ?? 0,
    };
  });
  return { chunks: slices.map(({ chunk }) => chunk), outcomes, services: countServices(entries) };
};
