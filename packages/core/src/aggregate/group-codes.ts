import type { EntrySet } from "../evaluate/entry-set.ts";
import type { Labels } from "./field-values.ts";

/** Which group of its chunk each entry is in. */
export interface GroupCodes {
  /** Of each entry the number of its group; `noGroup` for one that does not match. */
  readonly codes: Uint32Array;
  /** One entry of each group, which has the group's values. */
  readonly examples: readonly number[];
}

export const noGroup = 0xffff_ffff;

/** Up to so many combinations of values a group is found by its place in an array. */
const denseMax = 65_536;

/** Splits the groups by the values of one more field. Combinations of values are numbered in order of appearance. */
const refine = ({ codes, examples }: GroupCodes, { values, codes: own }: Labels): GroupCodes => {
  const combinations = examples.length * values.length;
  // One more than the number of the group; 0 where there is none yet.
  const dense = combinations <= denseMax ? new Uint32Array(combinations) : undefined;
  const sparse = new Map<number, number>();
  const refined: number[] = [];
  for (let entry = 0; entry < codes.length; entry++) {
    if (codes[entry] === noGroup) continue;
    const combination = codes[entry]! * values.length + own[entry]!;
    let group = (dense ? dense[combination] : sparse.get(combination)) ?? 0;
    if (group === 0) {
      group = refined.push(entry);
      if (dense) dense[combination] = group;
      else sparse.set(combination, group);
    }
    codes[entry] = group - 1;
  }
  return { codes, examples: refined };
};

/** Finds the groups that the matching entries, of which there must be one, make in their chunk. */
export const groupCodesOf = (labels: readonly Labels[], matching: EntrySet): GroupCodes => {
  const { bits } = matching;
  const codes = new Uint32Array(bits.length);
  if (!matching.isFull)
    for (let entry = 0; entry < codes.length; entry++)
      if (bits[entry] === 0) codes[entry] = noGroup;
  return labels.reduce(refine, { codes, examples: [bits.indexOf(1)] });
};
