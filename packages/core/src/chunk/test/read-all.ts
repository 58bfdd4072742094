import type { StoredEntry } from "../../entry/entry.ts";
import { openChunk } from "../decode.ts";

/** Opens a chunk, asks its filter, where it has one, and reads all of its entries. */
export const readAll = (bytes: Uint8Array): StoredEntry[] => {
  const reader = openChunk(bytes);
  reader.mayContain("");
  return reader.entries(Array.from({ length: reader.meta.count }, (_, index) => index));
};
