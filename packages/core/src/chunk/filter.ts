import { crc32 } from "node:zlib";
import { corrupt } from "./corrupt.ts";
import type { FilterPlace } from "./header.ts";
import { filterBytes, filterRun, filterShareMax } from "./layout.ts";

/** With more of its bits set a filter says too little to be worth its bytes. */
const filledMax = 7 / 8;

const isUpperCase = (unit: number): boolean => unit >= 0x41 && unit <= 0x5a;

/**
 * The bit of a run, in a filter of so many bits. `run` holds its four units, eight bits each; the high bits of a unit beyond
 * Latin-1 fall on the one before it, which costs nothing but a wrong "maybe".
 */
const placeOf = (run: number, bits: number): number => {
  const mixed = Math.imul(run ^ (run >>> 15), 0x9e3779b1);
  return Math.floor(((mixed >>> 0) * bits) / 2 ** 32);
};

const addRuns = (text: string, filter: Uint8Array): void => {
  const bits = filter.length * 8;
  let run = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    run = (run << 8) ^ (isUpperCase(unit) ? unit | 0x20 : unit);
    if (i < filterRun - 1) continue;
    const place = placeOf(run, bits);
    filter[place >> 3]! |= 1 << (place & 7);
  }
};

const isTooFull = (filter: Uint8Array): boolean => {
  let set = 0;
  for (let byte of filter) for (; byte !== 0; byte &= byte - 1) set++;
  return set > filter.length * 8 * filledMax;
};

/** Makes the filter of a chunk whose sections have so many bytes; undefined where it would say too little. */
export const makeFilter = (
  entries: readonly { readonly message: string }[],
  sectionBytes: number,
): Uint8Array | undefined => {
  const size = Math.min(Math.floor(sectionBytes * filterShareMax), filterBytes.max);
  if (size < filterBytes.min) return undefined;
  const filter = new Uint8Array(size);
  for (const { message } of entries) addRuns(message, filter);
  return isTooFull(filter) ? undefined : filter;
};

export interface MessageFilter {
  /** False only when no message contains the text, whose ASCII letters must be in lower case. */
  mayContain(text: string): boolean;
}

/** Opens the filter at a place of a chunk. Throws CHUNK_CORRUPT. */
export const openFilter = (
  chunk: Uint8Array,
  start: number,
  { bytes, checksum }: FilterPlace,
): MessageFilter => {
  const filter = chunk.subarray(start, start + bytes);
  if (crc32(filter) !== checksum) throw corrupt("a checksum is wrong");
  return {
    mayContain: (text) => {
      let run = 0;
      for (let i = 0; i < text.length; i++) {
        run = (run << 8) ^ text.charCodeAt(i);
        const place = placeOf(run, bytes * 8);
        if (i >= filterRun - 1 && (filter[place >> 3]! & (1 << (place & 7))) === 0) return false;
      }
      return true;
    },
  };
};
