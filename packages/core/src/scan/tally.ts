import type { ChunkMeta } from "../chunk/chunk.ts";
import type { ChunkData } from "../evaluate/chunk-data.ts";
import type { EntrySet } from "../evaluate/entry-set.ts";

/** Counts over many chunks that can be made in parts, by several threads, and put together. */
export interface Tally<Data> {
  /** Counts the matching entries of a chunk, of which there is at least one. Throws CHUNK_CORRUPT. */
  add(chunk: ChunkData, matching: EntrySet): void;
  /** Counts a chunk all of whose entries match by its metadata alone; returns false when those do not suffice. */
  addMeta?(meta: ChunkMeta): boolean;
  /** What was counted since the last call, as data that can go to another thread. */
  take(): Data;
  /** Counts what another tally of the same task has taken. */
  merge(data: Data): void;
}
