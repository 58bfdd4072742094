/**
 * Ids of entries and chunks: UUIDv7 (RFC 9562) in lower case, so that comparing two as text compares their bytes.
 *
 *     max time of the chunk, 48 bits | version 7, 4 bits | seed, 12 bits |
 *     variant 10, 2 bits | seed, 42 bits | ordinal of the chunk in its batch, 6 bits | index in the chunk, 14 bits
 *
 * A chunk's id is the id of its first entry: index 0. The ids of a chunk's entries are consecutive.
 */

import { Buffer } from "node:buffer";

/** What all chunks of one batch share: 54 bits. */
export interface IdSeed {
  /** 12 bits. */
  readonly high: number;
  /** 42 bits. */
  readonly low: number;
}

/** How many chunks one seed names; a batch with more takes a further seed. */
export const chunksPerSeed = 64;

/** How many entries one chunk id can number. */
export const idsPerChunk = 1 << 14;

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

/** `time` is in milliseconds since 1970, `ordinal` is 0..63. */
export const createChunkId = (time: number, seed: IdSeed, ordinal: number): string => {
  const stamp = hex(time, 12);
  // The low 42 bits of the seed: 14 behind the variant, 28 before the ordinal.
  const upper = Math.floor(seed.low / 2 ** 28);
  const lower = seed.low % 2 ** 28;
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${hex(seed.high, 3)}-${hex(0x8000 | upper, 4)}-${hex(
    lower,
    7,
  )}${hex(ordinal << 14, 5)}`;
};

/** The id of the entry at `index` behind the entry `firstId`. */
export const logIdAt = (firstId: string, index: number): string =>
  firstId.slice(0, 31) + hex(Number.parseInt(firstId.slice(31), 16) + index, 5);

/** How far `logId` lies behind `firstId`, or -1 when it does not belong to the same chunk. */
export const indexOfLogId = (firstId: string, logId: string): number => {
  if (firstId.slice(0, 31) !== logId.slice(0, 31)) return -1;
  const low = Number.parseInt(logId.slice(31), 16);
  const first = Number.parseInt(firstId.slice(31), 16);
  return low >= first && low >> 14 === first >> 14 ? low - first : -1;
};

/** The id of the chunk that the entry was first stored in. */
export const chunkIdOf = (logId: string): string =>
  logId.slice(0, 31) + hex(Number.parseInt(logId.slice(31), 16) & ~(idsPerChunk - 1), 5);

/** The time in the id, in milliseconds since 1970: the maximum of the chunk that the entry was first stored in. */
export const timeOfId = (id: string): number =>
  Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

export const isLogId = (text: string): boolean => shape.test(text);

/** The 16 bytes of an id, as stores and chunks keep it. */
export const idToBytes = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");

export const idFromBytes = (bytes: Uint8Array): string => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, 16).toString("hex");
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
};
