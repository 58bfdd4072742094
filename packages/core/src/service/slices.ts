import { LogServiceError } from "../errors.ts";
import type { ScannedSlice, ScanPool } from "../scan/pool.ts";
import type { ScanTask } from "../scan/task.ts";
import type { Damage, StoredChunk } from "../store.ts";

export const damageOf = ({ meta }: StoredChunk, cause: unknown): Damage => ({
  part: `the chunk ${meta.id}`,
  cause,
});

/** The chunks of a slice that could not be decoded. */
export const damageIn = (
  chunks: readonly StoredChunk[],
  { damaged }: Pick<ScannedSlice, "damaged">,
): Damage[] =>
  damaged.flatMap(({ place, reason }) => {
    const chunk = chunks[place];
    return chunk ? [damageOf(chunk, new LogServiceError("CHUNK_CORRUPT", reason))] : [];
  });

/** A slice is sent when it has so many bytes or chunks: some milliseconds of work. */
export const sliceBytes = 1024 * 1024;
export const sliceChunks = 256;

export interface Slices {
  /** Adds a chunk to the next slice; resolves when there is room for another. */
  add(chunk: StoredChunk, bytes: Uint8Array): Promise<void>;
  /** Resolves when all that was added is scanned. */
  drain(): Promise<void>;
}

/**
 * Hands chunks to the threads that scan, in slices, of which a bounded number is under way. Slices are told as they are
 * done, in any order; what one of them throws, the next call throws.
 */
export const createSlices = (
  pool: ScanPool,
  task: ScanTask,
  onSlice: (chunks: readonly StoredChunk[], result: ScannedSlice) => void,
): Slices => {
  let chunks: StoredChunk[] = [];
  let buffers: Uint8Array[] = [];
  let bytes = 0;
  let failure: { readonly error: unknown } | undefined;
  const underWay = new Set<Promise<void>>();
  const send = (): void => {
    const sent = chunks;
    const done = pool
      .scan(task, buffers)
      .then((result) => onSlice(sent, result))
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => underWay.delete(done));
    underWay.add(done);
    chunks = [];
    buffers = [];
    bytes = 0;
  };
  const rethrow = (): void => {
    if (failure !== undefined) throw failure.error;
  };
  return {
    add: async (chunk, content) => {
      chunks.push(chunk);
      buffers.push(content);
      bytes += content.length;
      if (bytes >= sliceBytes || chunks.length >= sliceChunks) {
        send();
        while (underWay.size >= pool.slicesAtOnce) await Promise.race(underWay);
      }
      rethrow();
    },
    drain: async () => {
      if (chunks.length > 0) send();
      await Promise.all(underWay);
      rethrow();
    },
  };
};
