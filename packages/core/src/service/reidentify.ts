import type { Chunk } from "../chunk/chunk.ts";
import { openChunk } from "../chunk/decode.ts";
import { encodeChunk } from "../chunk/encode.ts";
import { createChunkId, type IdSeed } from "../entry/log-id.ts";

/** The same entries under a fresh id. Rare: it happens when two batches hash to the same id. */
export const reidentify = (chunk: Chunk, seed: IdSeed): Chunk => {
  const { meta, bytes } = chunk;
  const all = Array.from({ length: meta.count }, (_, index) => index);
  return encodeChunk(openChunk(bytes).entries(all), {
    id: createChunkId(meta.maxTime, seed, 0),
    digest: meta.digest,
  });
};
