export { type ChunkFilter, makeChunkFilter, openChunkFilter } from "./chunk-filter.ts";
export { runLength } from "./layout.ts";
