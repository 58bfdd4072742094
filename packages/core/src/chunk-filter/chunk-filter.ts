import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";
import type { FieldPlace } from "@log-service/query";
import type { Entry } from "../entry/entry.ts";
import {
  bitmapBytes,
  bitmapShareMax,
  bitsPerValue,
  checksumBytes,
  filledMax,
  formatVersion,
  headerBytes,
} from "./layout.ts";
import { addRuns, hasRuns } from "./runs.ts";
import { addHash, hasHash, hashesOf, hashValue } from "./values.ts";

/** What can be known of a chunk's entries from a tenth of its bytes at most: that something is in none of them. */
export interface ChunkFilter {
  /** False only when no message contains the text, whose ASCII letters must be in lower case. */
  mayContain(text: string): boolean;
  /** False only when no entry has this very string in the field, which must be one that not all entries have. */
  mayHave(field: FieldPlace, value: string): boolean;
}

const nothing = new Uint8Array();

const unlessTooFull = (bitmap: Uint8Array): Uint8Array => {
  let set = 0;
  for (let byte of bitmap) for (; byte !== 0; byte &= byte - 1) set++;
  return set > bitmap.length * 8 * filledMax ? nothing : bitmap;
};

const bitmapOfMessages = (entries: readonly Entry[], bytes: number): Uint8Array => {
  const bitmap = new Uint8Array(bytes);
  for (const { message } of entries) addRuns(message, bitmap);
  return unlessTooFull(bitmap);
};

/** Two bits for each that is set say what more would hardly say better. */
const bitmapOfValues = (entries: readonly Entry[], bytesMax: number): Uint8Array => {
  const hashes = hashesOf(entries);
  const wanted = Math.ceil((hashes.size * bitsPerValue * 2) / 8);
  const bitmap = new Uint8Array(Math.min(bytesMax, Math.max(bitmapBytes.min, wanted)));
  for (const hash of hashes) addHash(hash, bitmap);
  return unlessTooFull(bitmap);
};

/**
 * Makes the filter of a chunk of so many bytes; undefined for one that is so small that reading it costs as little, or
 * where it would say too little.
 */
export const makeChunkFilter = (
  entries: readonly Entry[],
  chunkBytes: number,
): Uint8Array<ArrayBuffer> | undefined => {
  const bytesMax = Math.min(Math.floor(chunkBytes * bitmapShareMax), bitmapBytes.max);
  if (bytesMax < bitmapBytes.min) return undefined;
  const messages = bitmapOfMessages(entries, bytesMax);
  const values = bitmapOfValues(entries, bytesMax);
  if (messages.length + values.length === 0) return undefined;
  // Not from the pool of small buffers: it may go to another thread.
  const bytes = Buffer.from(
    new ArrayBuffer(headerBytes + messages.length + values.length + checksumBytes),
  );
  bytes[0] = formatVersion;
  bytes.writeUInt32LE(messages.length, 4);
  bytes.writeUInt32LE(values.length, 8);
  bytes.set(messages, headerBytes);
  bytes.set(values, headerBytes + messages.length);
  const end = bytes.length - checksumBytes;
  bytes.writeUInt32LE(crc32(bytes.subarray(0, end)), end);
  return new Uint8Array(bytes.buffer);
};

/** Opens a filter; undefined for what is not whole or of another version, since the chunk itself can be asked instead. */
export const openChunkFilter = (bytes: Uint8Array): ChunkFilter | undefined => {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = view.length - checksumBytes;
  if (end < headerBytes || view[0] !== formatVersion) return undefined;
  if (crc32(view.subarray(0, end)) !== view.readUInt32LE(end)) return undefined;
  const messagesEnd = headerBytes + view.readUInt32LE(4);
  const messages = view.subarray(headerBytes, messagesEnd);
  const values = view.subarray(messagesEnd, messagesEnd + view.readUInt32LE(8));
  return {
    mayContain: (text) => messages.length === 0 || hasRuns(text, messages),
    mayHave: (field, value) => values.length === 0 || hasHash(hashValue(field, value), values),
  };
};
