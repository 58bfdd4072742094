import { createHash } from "node:crypto";
import type { AttributeValue, Entry } from "./entry.ts";

/** Hashing in pieces of about this many characters: a call costs more than the bytes of one entry. */
const pieceLength = 64 * 1024;

/**
 * One entry as one line of JSON, which frames it and tells "1" from 1 from true: the fields, then names and values by
 * turns, sorted by name. Where there is no field, and where a value is -0, stands null.
 */
const toCanonical = (entry: Entry): string => {
  const { timestamp, severity, message, service, level, traceId, spanId } = entry;
  const { attributeNames: names, attributeValues: values } = entry;
  const parts: (AttributeValue | undefined | null)[] = [
    timestamp,
    severity,
    message,
    service,
    level,
    traceId,
    spanId,
  ];
  const order = [...names.keys()];
  // By UTF-16 units; indices of names, and no name comes twice.
  order.sort((a, b) => ((names[a] as string) < (names[b] as string) ? -1 : 1));
  for (const index of order) {
    const value = values[index];
    parts.push(names[index], Object.is(value, -0) ? null : value);
  }
  return `${JSON.stringify(parts)}\n`;
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
