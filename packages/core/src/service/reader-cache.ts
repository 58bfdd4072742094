import { type ChunkReader, openChunk } from "../chunk/decode.ts";
import type { CallOptions, StoredChunk } from "../store.ts";

/** Opened, a chunk takes about this many times its bytes: its columns are decompressed. */
const growth = 12;

/** And this much however small it is: its columns are objects, and small buffers keep the pools that they are cut from. */
const openedBytes = 48 * 1024;

interface Kept {
  readonly reader: ChunkReader;
  readonly cost: number;
}

export interface OpenedChunk {
  readonly reader: ChunkReader;
  /** What was read from the store for it: 0 when it was open already. */
  readonly bytesRead: number;
}

/** Opens chunks for reading, and keeps open those that were used last. */
export interface ReaderCache {
  /** Throws what `bytes` and `openChunk` throw. A chunk that is not to be kept leaves those that are alone. */
  open(
    tenant: string,
    chunk: StoredChunk,
    options: CallOptions & { readonly isToKeep: boolean },
  ): Promise<OpenedChunk>;
}

/**
 * Chunks never change but for entries that are erased, which their number tells, so that what is open stays right. Polling
 * for the newest entries, as pages and dashboards do, would otherwise decompress the same few chunks each time. `bytesMax`
 * bounds what is kept, roughly.
 */
export const createReaderCache = (bytesMax: number): ReaderCache => {
  const kept = new Map<string, Kept>();
  let bytes = 0;
  const drop = (key: string, { cost }: Kept) => {
    kept.delete(key);
    bytes -= cost;
  };
  const keep = (key: string, reader: ChunkReader, cost: number) => {
    if (kept.has(key) || cost > bytesMax) return;
    kept.set(key, { reader, cost });
    bytes += cost;
    for (const [oldest, one] of kept) {
      if (bytes <= bytesMax) break;
      drop(oldest, one);
    }
  };
  return {
    open: async (tenant, chunk, { signal, isToKeep }) => {
      const { id, count, maxId } = chunk.meta;
      const key = `${tenant} ${id} ${count} ${maxId}`;
      const found = kept.get(key);
      if (found !== undefined) {
        // A Map keeps the order of insertion: set anew, it is the last to go.
        kept.delete(key);
        kept.set(key, found);
        return { reader: found.reader, bytesRead: 0 };
      }
      const content = await chunk.bytes({ signal });
      const reader = openChunk(content);
      if (isToKeep) keep(key, reader, openedBytes + content.length * growth);
      return { reader, bytesRead: content.length };
    },
  };
};
