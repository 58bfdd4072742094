import type { Ranges } from "./node.ts";
import { codePointMax, contains, toRanges } from "./ranges.ts";

/**
 * What Unicode says of characters, by the tables of the JavaScript engine. Looking something up in it can take
 * milliseconds the first time; it is made for one expression and remembers what it found.
 */
export interface Unicode {
  /** A class as RE2 names it: a general category (`L`, `Lu`) or a script (`Greek`); undefined when there is none. */
  classOf(name: string): Ranges | undefined;
  /** Adds to ranges what differs from them in case only, by Unicode's simple folding. */
  fold(ranges: Ranges): Ranges;
}

export const createUnicode = (): Unicode => {
  const classes = new Map<string, Ranges | undefined>();
  let orbits: ReadonlyMap<number, readonly number[]> | undefined;
  return {
    classOf: (name) => {
      if (!classes.has(name)) classes.set(name, findClass(name));
      return classes.get(name);
    },
    fold: (ranges) => {
      if ((ranges.at(-1) ?? 0) < 0x80) return foldAscii(ranges);
      if (ranges[0] === 0 && ranges[1] === codePointMax) return ranges;
      orbits ??= findOrbits();
      return foldAll(ranges, orbits);
    },
  };
};

/** Where characters are assigned; beyond the last of these are private ones only, which are in no script. */
const assigned: Ranges = [0, 0x3347f, 0xe0000, 0xe0fff];
const privateUse: Ranges = [0xf0000, 0xffffd, 0x100000, 0x10fffd];

const findClass = (name: string): Ranges | undefined => {
  if (name === "Any") return [0, codePointMax];
  const isCategory = /^(?:C[cfos]?|L[CTlmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)$/.test(
    name,
  );
  if (!isCategory && !/^[A-Z][A-Za-z_]{2,40}$/.test(name)) return undefined;
  // JavaScript counts unassigned characters as "other", RE2 does not.
  const source =
    name === "C" ? "[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}]" : `\\p{${isCategory ? "" : "Script="}${name}}`;
  const pattern = compileClass(source);
  if (pattern === undefined) return undefined;
  const pairs: number[] = pattern.test("\u{f0000}") ? [...privateUse] : [];
  for (let i = 0; i < assigned.length; i += 2) {
    for (let codePoint = assigned[i] ?? 0; codePoint <= (assigned[i + 1] ?? 0); codePoint++) {
      if (!pattern.test(String.fromCodePoint(codePoint))) continue;
      if (pairs.at(-1) === codePoint - 1) pairs[pairs.length - 1] = codePoint;
      else pairs.push(codePoint, codePoint);
    }
  }
  return toRanges(pairs);
};

/** Undefined when the engine does not know the name. */
const compileClass = (source: string): RegExp | undefined => {
  try {
    return new RegExp(source, "u");
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
