import type { Chunk } from "../chunk/chunk.ts";
import { encodeChunk } from "../chunk/encode.ts";
import {
  type BatchFormat,
  hashEntries,
  type IdSeed,
  logIdAt,
  type ParseContext,
  parseBatch,
  type RejectedEntry,
} from "../entry/index.ts";
import { countServices, type ServiceCounts } from "./count-services.ts";
import { type EncodeChunk, encodeSlices, idsFromHash, sortedByTime } from "./split.ts";

/** A body to turn into chunks. Plain data: it may travel to another thread. */
export interface EncodeTask {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly format: BatchFormat;
  readonly context: ParseContext;
  /** Where the ids come from: a seed, or the content itself, so that equal batches get equal ids. */
  readonly ids:
    | { readonly from: "seed"; readonly seed: IdSeed }
    | { readonly from: "content"; readonly tenant: string };
}

export interface EncodedBatch {
  readonly isSingle: boolean;
  readonly accepted: number;
  readonly services: ServiceCounts;
  readonly rejectedCount: number;
  readonly rejected: readonly RejectedEntry[];
  readonly chunks: readonly Chunk[];
  /** The entry, when the body was a single one. */
  readonly single: { readonly logId: string; readonly timestamp: number } | undefined;
}

/** Parses, validates and encodes a body. Pure, and free of everything but the processor: fit for a worker thread. */
export const encodeBatch = (
  task: EncodeTask,
  encodeOne: EncodeChunk = encodeChunk,
): EncodedBatch => {
  const { isSingle, entries, rejectedCount, rejected } = parseBatch(
    task.body,
    task.format,
    task.context,
  );
  const options =
    task.ids.from === "seed"
      ? { seed: task.ids.seed }
      : idsFromHash(hashEntries(task.ids.tenant, entries));
  const slices = encodeSlices(sortedByTime(entries), options, encodeOne);
  const first = slices[0]?.chunk.meta;
  return {
    isSingle,
    accepted: entries.length,
    services: countServices(entries),
    rejectedCount,
    rejected,
    chunks: slices.map((slice) => slice.chunk),
    single:
      isSingle && first ? { logId: logIdAt(first.id, 0), timestamp: first.maxTime } : undefined,
  };
};
