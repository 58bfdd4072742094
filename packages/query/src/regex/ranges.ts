import type { Ranges } from "./node.ts";

/** Where Unicode ends. */
export const codePointMax = 0x10ffff;

/** Brings ranges in any order, overlapping or not, into the form of `Ranges`. */
export const toRanges = (pairs: readonly number[]): Ranges => {
  const sorted: [number, number][] = [];
  for (let i = 0; i < pairs.length; i += 2) sorted.push([pairs[i] ?? 0, pairs[i + 1] ?? 0]);
  sorted.sort((a, b) => a[0] - b[0]);
  const ranges: number[] = [];
  let last = -2;
  for (const [from, to] of sorted) {
    if (from <= last + 1) {
      last = Math.max(last, to);
      ranges[ranges.length - 1] = last;
    } else {
      ranges.push(from, to);
      last = to;
    }
  }
  return ranges;
};

/** The code points that are not in the ranges. */
export const invert = (ranges: Ranges): Ranges => {
  const inverted: number[] = [];
  let from = 0;
  for (let i = 0; i < ranges.length; i += 2) {
    const first = ranges[i] ?? 0;
    if (first > from) inverted.push(from, first - 1);
    from = (ranges[i + 1] ?? 0) + 1;
  }
  if (from <= codePointMax) inverted.push(from, codePointMax);
  return inverted;
};

export const contains = (ranges: Ranges, codePoint: number): boolean => {
  for (let i = 0; i < ranges.length; i += 2) {
    if (codePoint < (ranges[i] ?? 0)) return false;
    if (codePoint <= (ranges[i + 1] ?? 0)) return true;
  }
  return false;
};

export const digits: Ranges = [48, 57];
export const spaces: Ranges = [9, 10, 12, 13, 32, 32];
export const wordCharacters: Ranges = [48, 57, 65, 90, 95, 95, 97, 122];

/** The classes that RE2 knows inside of brackets, as in `[[:alpha:]]`. */
export const posixClasses: Readonly<Record<string, Ranges>> = {
  alnum: [48, 57, 65, 90, 97, 122],
  alpha: [65, 90, 97, 122],
  ascii: [0, 127],
  blank: [9, 9, 32, 32],
  cntrl: [0, 31, 127, 127],
  digit: digits,
  graph: [33, 126],
  lower: [97, 122],
  print: [32, 126],
  punct: [33, 47, 58, 64, 91, 96, 123, 126],
  space: [9, 13, 32, 32],
  upper: [65, 90],
  word: wordCharacters,
  xdigit: [48, 57, 65, 70, 97, 102],
};
