import type { ChunkStore, StoredChunk } from "@log-service/core";

/** The store, with the bytes of each chunk that a scan reads as `change` makes them; a test may also count by it, or damage. */
export const withChangedBytes = (
  store: ChunkStore,
  change: (bytes: Uint8Array, chunk: StoredChunk) => Uint8Array,
): ChunkStore => ({
  ...store,
  async *scan(...request) {
    for await (const slice of store.scan(...request))
      yield slice.map((chunk) => ({
        ...chunk,
        bytes: async (options) => change(await chunk.bytes(options), chunk),
      }));
  },
});
