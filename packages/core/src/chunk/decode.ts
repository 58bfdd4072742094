import { Buffer } from "node:buffer";
import { zstdDecompressSync } from "node:zlib";
import { type Entry, type StoredEntry, severities } from "../entry/entry.ts";
import { logIdAt } from "../entry/log-id.ts";
import { LogServiceError } from "../errors.ts";
import type { ChunkMeta } from "./chunk.ts";

/** A chunk that is open for reading. Entries are numbered 0..count-1 in total order. */
export interface ChunkReader {
  readonly meta: ChunkMeta;
  logId(index: number): string;
  /** The time of each entry, in milliseconds since 1970, ascending. */
  times(): Float64Array;
  /** The severity of each entry, as its index in `severities`. */
  severityCodes(): Uint8Array;
  /** The string of each entry in a built-in field (`service`, `level`, ...); undefined where there is none. */
  strings(field: "service"): readonly (string | undefined)[];
  entries(indices: readonly number[]): StoredEntry[];
}

/** Opens a chunk. Throws CHUNK_CORRUPT when any bit of what it reads is damaged, here or in a method of the reader. */
export const openChunk = (bytes: Uint8Array): ChunkReader => {
  let content: { meta: ChunkMeta; entries: Entry[] };
  try {
    content = JSON.parse(Buffer.from(zstdDecompressSync(bytes)).toString());
  } catch (cause) {
    throw new LogServiceError("CHUNK_CORRUPT", "a chunk cannot be decoded", { cause });
  }
  const { meta, entries } = content;
  return {
    meta,
    logId: (index) => logIdAt(meta.id, index),
    times: () => Float64Array.from(entries, (entry) => entry.timestamp),
    severityCodes: () => Uint8Array.from(entries, (entry) => severities.indexOf(entry.severity)),
    strings: (field) => entries.map((entry) => entry[field]),
    entries: (indices) =>
      indices.map((index) => ({ ...(entries[index] as Entry), logId: logIdAt(meta.id, index) })),
  };
};

/** Reads only the metadata in front of a chunk. Throws CHUNK_CORRUPT. */
export const readChunkMeta = (bytes: Uint8Array): ChunkMeta => openChunk(bytes).meta;
