import type { Buffer } from "node:buffer";
import type { Scan } from "./template-scan.ts";

/** Messages with the same literals. */
export interface Group {
  /** The messages, ascending. */
  readonly rows: number[];
}

export interface Grouping {
  readonly groups: readonly Group[];
  /** Messages that are like no other, ascending. */
  readonly rest: readonly number[];
  /** Of each message its group, counted from 1; 0 for the rest. */
  readonly codes: Float64Array;
}

/** Compares the literals of two messages byte for byte: equal hashes do not prove that they are equal. */
const haveSameLiterals = (
  bytes: Buffer,
  offsets: Uint32Array,
  { firstSlots, places }: Scan,
  a: number,
  b: number,
): boolean => {
  const slots = firstSlots[a + 1]! - firstSlots[a]!;
  if (firstSlots[b + 1]! - firstSlots[b]! !== slots) return false;
  let atA = offsets[a]!;
  let atB = offsets[b]!;
  for (let slot = 0; slot <= slots; slot++) {
    const placeA = 2 * (firstSlots[a]! + slot);
    const placeB = 2 * (firstSlots[b]! + slot);
    const endA = slot === slots ? offsets[a + 1]! : places[placeA]!;
    const endB = slot === slots ? offsets[b + 1]! : places[placeB]!;
    if (endA - atA !== endB - atB) return false;
    for (; atA < endA; atA++, atB++) if (bytes[atA] !== bytes[atB]) return false;
    atA = places[placeA + 1]!;
    atB = places[placeB + 1]!;
  }
  return true;
};

/** Groups messages by their literals. Groups of fewer than `rowsMin` are dissolved. */
export const groupMessages = (
  bytes: Buffer,
  offsets: Uint32Array,
  scan: Scan,
  rowsMin: number,
): Grouping => {
  const byHash = new Map<number, Group>();
  const alike: Group[] = [];
  const rest: number[] = [];
  for (let i = 0; i < scan.hashes.length; i++) {
    const hash = scan.hashes[i]!;
    const group = byHash.get(hash);
    if (group === undefined) {
      const created = { rows: [i] };
      byHash.set(hash, created);
      alike.push(created);
    } else if (haveSameLiterals(bytes, offsets, scan, group.rows[0]!, i)) group.rows.push(i);
    else rest.push(i);
  }
  const groups = alike.filter(({ rows }) => rows.length >= rowsMin);
  for (const { rows } of alike) if (rows.length < rowsMin) rest.push(...rows);
  const codes = new Float64Array(scan.hashes.length);
  for (let code = 1; code <= groups.length; code++) {
    for (const row of groups[code - 1]!.rows) codes[row] = code;
  }
  return { groups, rest: rest.sort((a, b) => a - b), codes };
};
