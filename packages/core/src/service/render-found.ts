import { Buffer } from "node:buffer";
import type { StoredEntry } from "../entry/entry.ts";
import { renderEntry } from "../entry/render-entry.ts";
import type { Found } from "./select.ts";

/** Decodes what was found, chunk by chunk, in the order in which it was found. */
const decode = (found: readonly Found[]): StoredEntry[] => {
  const decoded = new Map<Found, StoredEntry>();
  for (const [reader, ofChunk] of Map.groupBy(found, (one) => one.reader)) {
    const entries = reader.entries(ofChunk.map((one) => one.index));
    for (const [place, one] of ofChunk.entries()) {
      const entry = entries[place];
      if (entry) decoded.set(one, entry);
    }
  }
  return found.flatMap((one) => decoded.get(one) ?? []);
};

/** Renders entries as lines of wire JSON until they are as large as they may be; at least one. */
export const renderFound = (found: readonly Found[], bytesMax: number): string[] => {
  const lines: string[] = [];
  let bytes = 0;
  for (const entry of decode(found)) {
    const line = renderEntry(entry);
    bytes += Buffer.byteLength(line);
    if (lines.length > 0 && bytes > bytesMax) break;
    lines.push(line);
  }
  return lines;
};
