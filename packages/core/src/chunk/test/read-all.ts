import type { StoredEntry } from "../../entry/entry.ts";
import { openChunk } from "../decode.ts";

/** Opens a chunk and reads all of its entries. */
export const readAll = (bytes: Uint8Array): StoredEntry[] => {
  const reader = openChunk(bytes);
  return reader.entries(Array.from({ length: reader.meta.count }, (_, index) => index));
};
