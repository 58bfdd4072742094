export { type Change, changeOf } from "./change.ts";
export { type ChunkShape, shapesOfChunk } from "./chunk-shapes.ts";
export { groupShapes } from "./group.ts";
export { createMasker, type Masker } from "./masker.ts";
export { hashOfPattern } from "./pattern-hash.ts";
export { queryOfPattern } from "./pattern-query.ts";
export { createShapes, type Shapes } from "./shapes.ts";
export { regroup, type Tally } from "./tally.ts";
