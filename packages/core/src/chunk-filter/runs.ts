import { mix } from "./hash.ts";
import { runLength } from "./layout.ts";

const isUpperCase = (unit: number): boolean => unit >= 0x41 && unit <= 0x5a;

/**
 * The bit of a run, in a bitmap of so many bits. `run` holds its four units, eight bits each; the high bits of a unit beyond
 * Latin-1 fall on the one before it, which costs nothing but a wrong "maybe".
 */
const placeOf = (run: number, bits: number): number => Math.floor((mix(run) * bits) / 2 ** 32);

/** Sets the bit of each run of a text, whose ASCII letters count in lower case. */
export const addRuns = (text: string, bitmap: Uint8Array): void => {
  const bits = bitmap.length * 8;
  let run = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    run = (run << 8) ^ (isUpperCase(unit) ? unit | 0x20 : unit);
    if (i < runLength - 1) continue;
    const place = placeOf(run, bits);
    bitmap[place >> 3]! |= 1 << (place & 7);
  }
};

/** Whether all runs of a text, whose ASCII letters are in lower case, have their bits set. */
export const hasRuns = (text: string, bitmap: Uint8Array): boolean => {
  const bits = bitmap.length * 8;
  let run = 0;
  for (let i = 0; i < text.length; i++) {
    run = (run << 8) ^ text.charCodeAt(i);
    if (i < runLength - 1) continue;
    const place = placeOf(run, bits);
    if ((bitmap[place >> 3]! & (1 << (place & 7))) === 0) return false;
  }
  return true;
};
