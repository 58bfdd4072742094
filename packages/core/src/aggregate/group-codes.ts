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

/** Numbers combinations of values in order of appearance. */
const createNumbering = (combinations: number) => {
  const dense = combinations <= denseMax ? new Uint32Array(combinations) : undefined;
  const known = new Map<number, number>();
  return {
    find: (combination: number): number | undefined =>
      dense ? (dense[combination] || undefined) && dense[combination]! - 1 : known.get(combination),
    add: (combination: number, number: number): void => {
      if (dense) dense[combination] = number + 1;
      else known.set(combination, number);
    },
  };
};

/** Splits the groups by the values of one more field. */
const refine = ({ codes, examples }: GroupCodes, { values, codes: own }: Labels): GroupCodes => {
  const numbering = createNumbering(examples.length * values.length);
  const refined: number[] = [];
  for (let entry = 0; entry < codes.length; entry++) {
    if (codes[entry] === noGroup) continue;
    const combination = codes[entry]! * values.length + own[entry]!;
    let number = numbering.find(combination);
    if (number === undefined) {
      number = refined.push(entry) - 1;
      numbering.add(combination, number);
    }
    codes[entry] = number;
  }
  return { codes, examples: refined };
};

/** Finds the groups that the matching entries, of which there must be one, make in their chunk. */
export const groupCodesOf = (labels: readonly Labels[], { bits }: EntrySet): GroupCodes => {
  const codes = new Uint32Array(bits.length);
  for (let entry = 0; entry < codes.length; entry++) if (bits[entry] === 0) codes[entry] = noGroup;
  return labels.reduce(refine, { codes, examples: [bits.indexOf(1)] });
};
