export * from "./chunk.ts";
export { type ChunkReader, openChunk, readChunkMeta } from "./decode.ts";
export { encodeChunk } from "./encode.ts";
