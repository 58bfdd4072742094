import type { Assertion, Ranges } from "./node.ts";
import type { Program } from "./program.ts";
import { wordCharacters } from "./ranges.ts";

/** The code points in classes, so that a program treats all of one class alike. */
export interface Alphabet {
  readonly size: number;
  /** The class of each code point below 128. */
  readonly ascii: Uint16Array;
  /** The class of any code point. */
  classOf(codePoint: number): number;
  /** For each class, whether it is in the ranges. */
  membership(ranges: Ranges): Uint8Array;
}

export const createAlphabet = (program: Program): Alphabet => {
  const sets = new Map<string, Ranges>();
  const addSet = (ranges: Ranges) => sets.set(ranges.join(), ranges);
  for (const step of program.steps) {
    if (step.kind === "set") addSet(step.ranges);
    if (step.kind === "assertion") for (const ranges of seenBy(step.assertion)) addSet(ranges);
  }
  const starts = new Set([0]);
  for (const ranges of sets.values()) {
    for (let i = 0; i < ranges.length; i += 2)
      starts.add(ranges[i] ?? 0).add((ranges[i + 1] ?? 0) + 1);
  }
  const cuts = Uint32Array.from(starts).sort();
  const { classes, size } = divide(cuts, [...sets.values()]);
  const classOf = (codePoint: number): number => {
    let low = 0;
    let high = cuts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((cuts[middle] ?? 0) <= codePoint) low = middle;
      else high = middle - 1;
    }
    return classes[low] ?? 0;
  };
  const ascii = Uint16Array.from({ length: 128 }, (_, codePoint) => classOf(codePoint));
  const membership = (ranges: Ranges): Uint8Array => {
    const members = new Uint8Array(size);
    let at = 0;
    for (const [i, cut] of cuts.entries()) {
      while (at < ranges.length && (ranges[at + 1] ?? 0) < cut) at += 2;
      if (at < ranges.length && (ranges[at] ?? 0) <= cut) members[classes[i] ?? 0] = 1;
    }
    return members;
  };
  return { size, ascii, classOf, membership };
};

/** The sets of characters that an assertion tells apart. */
const seenBy = (assertion: Assertion): readonly Ranges[] => {
  if (assertion === "lineStart" || assertion === "lineEnd") return [[10, 10]];
  return assertion === "wordBoundary" || assertion === "noWordBoundary" ? [wordCharacters] : [];
};

/** Gives pieces that are in the same sets the same class: refines one class by set after set. */
const divide = (cuts: Uint32Array, sets: readonly Ranges[]) => {
  const classes = new Uint16Array(cuts.length);
  let size = 1;
  for (const ranges of sets) {
    const split = new Map<number, number>();
    let at = 0;
    size = 0;
    for (const [i, cut] of cuts.entries()) {
      while (at < ranges.length && (ranges[at + 1] ?? 0) < cut) at += 2;
      const isIn = at < ranges.length && (ranges[at] ?? 0) <= cut;
      const key = (classes[i] ?? 0) * 2 + (isIn ? 1 : 0);
      const found = split.get(key) ?? size++;
      split.set(key, found);
      classes[i] = found;
    }
  }
  return { classes, size };
};
