import type { Buffer } from "node:buffer";
import type { ChunkWriter } from "../chunk-writer.ts";

/** The places where messages differ from others of the same template. It lives until the next scan. */
export interface Scan {
  /** Of each message a hash over its literals. */
  readonly hashes: Int32Array;
  /** `firstSlots[i]` to `firstSlots[i + 1]` are the slots of message i. */
  readonly firstSlots: Uint32Array;
  /** Slot k is the bytes from `places[2 * k]` to `places[2 * k + 1]`. */
  readonly places: Uint32Array;
}

const dot = 0x2e;
const slotMark = 0x100;
const hashPrime = 0x01000193;

const other = 0;
const letter = 1;
const digit = 2;

/** What a byte is in a word. Bytes beyond ASCII are in none, so that a slot never cuts a character. */
const createKinds = (): Uint8Array => {
  const kinds = new Uint8Array(256);
  for (const char of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-") {
    kinds[char.charCodeAt(0)] = letter;
  }
  for (const char of "0123456789") kinds[char.charCodeAt(0)] = digit;
  return kinds;
};

const kinds = createKinds();

/** True when the dot at `at`, behind a digit, has a digit behind it too: it is inside a word, as in 41.5, 10.0.0.1. */
const isInside = (bytes: Buffer, at: number, end: number): boolean =>
  bytes[at] === dot &&
  kinds[bytes[at - 1]!] === digit &&
  at + 1 < end &&
  kinds[bytes[at + 1]!] === digit;

interface Slots {
  places: Uint32Array;
  /** How many places are in use: two for each slot. */
  used: number;
}

/** Adds the slots of one message, and returns the hash of its literals. */
const scanMessage = (
  bytes: Buffer,
  start: number,
  end: number,
  slots: Slots,
  writer: ChunkWriter,
): number => {
  let hash = 0;
  let at = start;
  while (at < end) {
    const from = at;
    const before = hash;
    let seen = 0;
    // A word to its end, if there is one here.
    do {
      const byte = bytes[at]!;
      const kind = kinds[byte]!;
      if (kind === other && (seen < digit || !isInside(bytes, at, end))) break;
      hash = Math.imul(hash ^ byte, hashPrime);
      seen |= kind;
      at++;
    } while (at < end);
    if (seen >= digit) {
      hash = Math.imul(before ^ slotMark, hashPrime);
      if (slots.used + 2 > slots.places.length) slots.places = writer.places(2 * slots.used);
      slots.places[slots.used++] = from;
      slots.places[slots.used++] = at;
    }
    if (at < end) hash = Math.imul(hash ^ bytes[at++]!, hashPrime);
  }
  return hash;
};

/**
 * Splits messages into what they share and what differs: a word with a digit in it (a number, an id, an address)
 * is a slot, anything else is literal. `offsets[i]` to `offsets[i + 1]` are the bytes of message i.
 */
export const scanMessages = (bytes: Buffer, offsets: Uint32Array, writer: ChunkWriter): Scan => {
  const count = offsets.length - 1;
  const firstSlots = new Uint32Array(count + 1);
  const hashes = new Int32Array(count);
  const slots: Slots = { places: writer.places(2 * count + 2), used: 0 };
  for (let i = 0; i < count; i++) {
    hashes[i] = scanMessage(bytes, offsets[i]!, offsets[i + 1]!, slots, writer);
    firstSlots[i + 1] = slots.used / 2;
  }
  return { hashes, firstSlots, places: slots.places };
};
