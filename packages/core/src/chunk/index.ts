export * from "./chunk.ts";
export type { BooleanColumn, Column, NumberColumn, StringColumn } from "./column.ts";
export type { AffixedView } from "./columns/affixed.ts";
export type { HexView } from "./columns/hex.ts";
export type { ConstantView, DictionaryView, StringsView } from "./columns/strings.ts";
export type { SlotReference, Template, TemplatesView } from "./columns/templates-view.ts";
export type { TextView } from "./columns/text.ts";
export { type ChunkReader, type OptionalField, openChunk, readChunkMeta } from "./decode.ts";
export {
  type ChunkEncoder,
  createChunkEncoder,
  type EncodeOptions,
  encodeChunk,
} from "./encode.ts";
