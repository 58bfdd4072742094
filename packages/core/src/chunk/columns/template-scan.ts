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

/**
 * Splits messages into what they share and what differs: a word with a digit in it (a number, an id, an address)
 * is a slot, anything else is literal. `offsets[i]` to `offsets[i + 1]` are the bytes of message i.
 */
export const scanMessages = (bytes: Buffer, offsets: Uint32Array, writer: ChunkWriter): Scan => {
  const count = offsets.length - 1;
  const firstSlots = new Uint32Array(count + 1);
  const hashes = new Int32Array(count);
  const places = writer.places(offsets[count]! + 2);
  let found = 0;
  let at = 0;
  for (let i = 0; i < count; i++) {
    const end = offsets[i + 1]!;
    let hash = 0;
    while (at < end) {
      const start = at;
      const before = hash;
      let seen = 0;
      // A word to its end, or the one byte that is in none.
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
        places[found++] = start;
        places[found++] = at;
      }
      if (at < end && kinds[bytes[at]!] === other) {
        hash = Math.imul(hash ^ bytes[at]!, hashPrime);
        at++;
      }
    }
    hashes[i] = hash;
    firstSlots[i + 1] = found >> 1;
  }
  return { hashes, firstSlots, places };
};
