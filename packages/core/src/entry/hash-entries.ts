import { createHash } from "node:crypto";
import type { AttributeValue, Entry } from "./entry.ts";
import { renderValue } from "./render-entry.ts";

/** Hashing in pieces of about this many characters: a call costs more than the bytes of one entry. */
const pieceLength = 64 * 1024;

/** One entry as one line of JSON: JSON frames it and tells "1" from 1 from true; names are sorted by UTF-16 units. */
const toCanonical = (entry: Entry): string => {
  const { attributeNames: names, attributeValues: values } = entry;
  const order = names.map((_, index) => index);
  order.sort((a, b) => ((names[a] as string) < (names[b] as string) ? -1 : 1)); // indices of names, each once
  const attributes = order.map(
    (index) => `${JSON.stringify(names[index])}:${renderValue(values[index] as AttributeValue)}`,
  );
  const { timestamp, severity, message, service, level, traceId, spanId } = entry;
  const fields = JSON.stringify([
    timestamp,
    severity,
    message,
    service ?? null,
    level ?? null,
    traceId ?? null,
    spanId ?? null,
  ]);
  return `${fields}{${attributes.join(",")}}\n`;
};

/**
 * The SHA-256 of a tenant's entries, in their order: equal for equal entries, however their JSON was written. Ids of
 * batches that are sent with `dedupe=content` come from it, so what it covers is never changed.
 */
export const hashEntries = (tenant: string, entries: readonly Entry[]): Uint8Array => {
  const hash = createHash("sha256");
  let piece = `${JSON.stringify(tenant)}\n`;
  for (const entry of entries) {
    piece += toCanonical(entry);
    if (piece.length < pieceLength) continue;
    hash.update(piece);
    piece = "";
  }
  return hash.update(piece).digest();
};
