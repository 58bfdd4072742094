import type { AttributeValue } from "../entry/entry.ts";
import { addCell, type Cell, createCell, type MeasuredField } from "./cell.ts";
import { keyOf } from "./field-values.ts";

export type GroupValues = readonly (AttributeValue | null)[];

/** The entries that have the same values in the fields of `by`, interval by interval. */
export interface Group {
  readonly values: GroupValues;
  count: number;
  /** By the beginning of the interval, in milliseconds since 1970. */
  readonly cells: Map<number, Cell>;
}

/** So many cells are kept before new groups are counted together. */
const cellsMax = 200_000;

export interface Groups {
  /** The group of these values; the group of all others once there are too many. */
  groupOf(values: GroupValues): Group;
  cellOf(group: Group, time: number): Cell;
  /** The largest groups, and all others together. */
  top(count: number): { readonly groups: readonly Group[]; readonly other: Group | undefined };
  readonly cellCount: number;
  readonly isFull: boolean;
}

const createGroup = (values: GroupValues): Group => ({ values, count: 0, cells: new Map() });

export const createGroups = (fields: readonly MeasuredField[]): Groups => {
  const groups = new Map<string, Group>();
  const rest = createGroup([]);
  let cellCount = 0;
  let isFull = false;
  const cellOf = (group: Group, time: number): Cell => {
    const known = group.cells.get(time);
    if (known !== undefined) return known;
    const cell = createCell(fields);
    group.cells.set(time, cell);
    cellCount++;
    return cell;
  };
  return {
    cellOf,
    groupOf: (values) => {
      const key = JSON.stringify(values.map(keyOf));
      const known = groups.get(key);
      if (known !== undefined) return known;
      if (cellCount >= cellsMax) {
        isFull = true;
        return rest;
      }
      const group = createGroup(values);
      groups.set(key, group);
      return group;
    },
    top: (count) => {
      const sorted = [...groups.values()].sort((a, b) => b.count - a.count);
      for (const group of sorted.slice(count)) {
        rest.count += group.count;
        for (const [time, cell] of group.cells) addCell(cellOf(rest, time), cell);
      }
      return { groups: sorted.slice(0, count), other: rest.count > 0 ? rest : undefined };
    },
    get cellCount() {
      return cellCount;
    },
    get isFull() {
      return isFull;
    },
  };
};
