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
import { isLogServiceError, type LogServiceError } from "../errors.ts";
import { countServices, type ServiceCounts } from "./count-services.ts";
import { type EncodeChunk, encodeSlices } from "./split.ts";

/** A body that is small enough to share its chunks with others. */
export interface SmallBody {
  readonly bytes: Uint8Array;
  readonly format: BatchFormat;
  /** Only text uses them. */
  readonly textDefaults: ParseContext["textDefaults"];
}

/** Bodies of one tenant whose entries go into the same chunks. */
export interface SharedTask {
  readonly bodies: readonly SmallBody[];
  readonly context: ParseContext;
  readonly seed: IdSeed;
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
  readonly failure: LogServiceError;
}

export interface EncodedShare {
  readonly chunks: readonly Chunk[];
  /** Of each body: it could not be read at all, or some of its entries are in the chunks. */
  readonly outcomes: readonly (ParsedBody | FailedBody)[];
  readonly services: ServiceCounts;
}

const parseBody = (
  { bytes, format, textDefaults }: SmallBody,
  context: ParseContext,
): ParsedBatch | FailedBody => {
  try {
    return parseBatch(bytes, format, format === "text" ? { ...context, textDefaults } : context);
  } catch (error) {
    if (!isLogServiceError(error)) throw error;
    return { failure: error };
  }
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
 * Parses, validates and encodes small bodies together: single posts would otherwise cost a chunk each. It runs where the
 * requests are: on two cores, handing some dozen posts to an encoding thread costs more than their encoding.
 */
export const encodeShared = (
  { bodies, context, seed }: SharedTask,
  encodeChunk: EncodeChunk,
): EncodedShare => {
  const parsed = bodies.map((body) => parseBody(body, context));
  const entries = parsed.flatMap((one) => ("failure" in one ? [] : one.entries));
  const places = placesByTime(entries);
  const sorted = new Array<Entry>(entries.length);
  for (const [index, entry] of entries.entries()) sorted[places[index] ?? 0] = entry;
  const slices = encodeSlices(sorted, { seed }, encodeChunk);
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
