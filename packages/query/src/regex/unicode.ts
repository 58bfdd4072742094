import type { Ranges } from "./node.ts";
import { codePointMax, contains, toRanges } from "./ranges.ts";

/**
 * What Unicode says of characters, by the tables of the JavaScript engine. Looking something up in it can take
 * milliseconds the first time; it is made for one query and remembers what it found.
 */
export interface Unicode {
  /** A class as RE2 names it: a general category (`L`, `Lu`) or a script (`Greek`); undefined when there is none. */
  classOf(name: string): Ranges | undefined | "too many";
  /** Adds to ranges what differs from them in case only, by Unicode's simple folding. */
  fold(ranges: Ranges): Ranges;
}

/** How many different classes a query may name. */
export const classNamesMax = 8;

export const createUnicode = (): Unicode => {
  const classes = new Map<string, Ranges | undefined>();
  let orbits: ReadonlyMap<number, readonly number[]> | undefined;
  return {
    classOf: (name) => {
      if (classes.has(name)) return classes.get(name);
      if (classes.size >= classNamesMax) return "too many";
      const found = findClass(name);
      classes.set(name, found);
      return found;
    },
    fold: (ranges) => {
      if ((ranges.at(-1) ?? 0) < 0x80) return foldAscii(ranges);
      if (ranges[0] === 0 && ranges[1] === codePointMax) return ranges;
      orbits ??= findOrbits();
      return foldAll(ranges, orbits);
    },
  };
};

/** Where characters are assigned that differ from their neighbours; surrogates and private ones are each alike. */
const blocks: Ranges = [
  0, 0xd7ff, 0xe000, 0xf8ff, 0xf900, 0xffff, 0x10000, 0x3347f, 0xe0000, 0xe0fff,
];
const alike: Ranges = [0xd800, 0xdfff, 0xf0000, 0xffffd, 0x100000, 0x10fffd];

const findClass = (name: string): Ranges | undefined => {
  if (name === "Any") return [0, codePointMax];
  const isCategory = /^(?:C[cfos]?|L[CTlmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)$/.test(
    name,
  );
  if (!isCategory && !/^[A-Z][A-Za-z_]{2,40}$/.test(name)) return undefined;
  // JavaScript counts unassigned characters as "other", RE2 does not.
  const plain = isCategory ? `\\p{${name}}` : `\\p{Script=${name}}`;
  const pattern = compileClass(name === "C" ? "[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}]" : plain);
  if (pattern === undefined) return undefined;
  const pairs: number[] = [];
  for (let i = 0; i < alike.length; i += 2) {
    const [from = 0, to = 0] = alike.slice(i, i + 2);
    if (String.fromCodePoint(from).search(pattern) === 0) pairs.push(from, to);
  }
  for (let i = 0; i < blocks.length; i += 2) {
    for (let from = blocks[i] ?? 0; from <= (blocks[i + 1] ?? 0); from += blockLength) {
      findRuns(pattern, from, Math.min(from + blockLength - 1, blocks[i + 1] ?? 0), pairs);
    }
  }
  return toRanges(pairs);
};

/** A function takes only so many arguments. No block holds characters of both one and two units. */
const blockLength = 0x1000;

/** Adds the runs of characters from `from` to `to` that a pattern finds. */
const findRuns = (pattern: RegExp, from: number, to: number, pairs: number[]): void => {
  const units = from > 0xffff ? 2 : 1;
  const text = String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i));
  for (const { index, 0: run } of text.matchAll(pattern)) {
    const first = from + index / units;
    pairs.push(first, first + run.length / units - 1);
  }
};

/** Undefined when the engine does not know the name. */
const compileClass = (source: string): RegExp | undefined => {
  try {
    return new RegExp(`${source}+`, "gu");
  } catch {
    return undefined;
  }
};

const foldAscii = (ranges: Ranges): Ranges => {
  const folded = [...ranges];
  for (let upper = 65; upper <= 90; upper++) {
    if (!contains(ranges, upper) && !contains(ranges, upper + 32)) continue;
    folded.push(upper, upper, upper + 32, upper + 32);
    // The sign of the unit kelvin and the long s fold to ASCII letters.
    if (upper === 75) folded.push(0x212a, 0x212a);
    if (upper === 83) folded.push(0x17f, 0x17f);
  }
  return toRanges(folded);
};

const foldAll = (ranges: Ranges, orbits: ReadonlyMap<number, readonly number[]>): Ranges => {
  const [from = 0, to = 0] = ranges;
  if (ranges.length === 2 && from === to) {
    const orbit = orbits.get(from) ?? [from];
    return toRanges(orbit.flatMap((codePoint) => [codePoint, codePoint]));
  }
  const folded = [...ranges];
  for (const [codePoint, orbit] of orbits) {
    if (!contains(ranges, codePoint)) continue;
    for (const member of orbit) folded.push(member, member);
  }
  return toRanges(folded);
};

/** No letter that has a case lies above: Adlam ends there. */
const casedMax = 0x1e943;

/** The dotless i: its capital is the I of every other i, but folding keeps them apart. */
const dotlessI = 0x131;

/**
 * By code point, all that differ from it in case only, itself included; those that have others only. Three pairs that
 * no single letter joins stay apart, though Unicode folds them since 15.1: U+0390 and U+1FD3, U+03B0 and U+1FE3,
 * U+FB05 and U+FB06.
 */
const findOrbits = (): ReadonlyMap<number, readonly number[]> => {
  const byFolded = new Map<number, number[]>();
  for (let codePoint = 65; codePoint <= casedMax; codePoint++) {
    const character = String.fromCodePoint(codePoint);
    const lower = character.toLowerCase();
    if (lower === character && character.toUpperCase() === character) continue;
    const folded = codePoint === dotlessI ? codePoint : foldOne(codePoint);
    const orbit = byFolded.get(folded) ?? [];
    byFolded.set(folded, orbit);
    orbit.push(codePoint);
  }
  const orbits = new Map<number, readonly number[]>();
  for (const orbit of byFolded.values()) for (const member of orbit) orbits.set(member, orbit);
  return orbits;
};

/** Upper case, then lower case; a step that makes several characters of one is not simple and is left out. */
const foldOne = (codePoint: number): number => {
  const upper = onlyOf(String.fromCodePoint(codePoint).toUpperCase()) ?? codePoint;
  return onlyOf(String.fromCodePoint(upper).toLowerCase()) ?? upper;
};

const onlyOf = (text: string): number | undefined => {
  const codePoint = text.codePointAt(0) ?? 0;
  return text.length === (codePoint > 0xffff ? 2 : 1) ? codePoint : undefined;
};
