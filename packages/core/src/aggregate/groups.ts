import type { AttributeValue } from "../entry/entry.ts";
import {
  addCell,
  type Cell,
  type CellData,
  createCell,
  dataOfCell,
  type MeasuredField,
} from "./cell.ts";
import { keyOf } from "./field-values.ts";

export type GroupValues = readonly (AttributeValue | null)[];

/** The entries that have the same values in the fields of `by`, interval by interval. */
export interface Group {
  readonly values: GroupValues;
  count: number;
  /** By the beginning of the interval, in milliseconds since 1970. */
  readonly cells: Map<number, Cell>;
}

interface GroupData {
  readonly values: GroupValues;
  readonly count: number;
  readonly cells: readonly (readonly [time: number, cell: CellData])[];
}

/** Groups as data that can go to another thread. */
export interface GroupsData {
  readonly groups: readonly GroupData[];
  /** The entries of groups that came when there were too many. */
  readonly rest: GroupData | undefined;
}

const dataOf = ({ values, count, cells }: Group): GroupData => ({
  values,
  count,
  cells: Array.from(cells, ([time, cell]) => [time, dataOfCell(cell)] as const),
});

/** So many cells are kept before new groups are counted together. */
const cellsMax = 200_000;

export interface Groups {
  /** The group of these values; the group of all others once there are too many. */
  groupOf(values: GroupValues): Group;
  cellOf(group: Group, time: number): Cell;
  /** The largest groups, and all others together. */
  top(count: number): { readonly groups: readonly Group[]; readonly other: Group | undefined };
  data(): GroupsData;
  merge(data: GroupsData): void;
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
  const groupOf = (values: GroupValues): Group => {
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
  };
  const addTo = (group: Group, { count, cells }: GroupData): void => {
    group.count += count;
    for (const [time, cell] of cells) addCell(cellOf(group, time), cell);
  };
  return {
    cellOf,
    groupOf,
    data: () => ({
      groups: Array.from(groups.values(), dataOf),
      rest: rest.count > 0 ? dataOf(rest) : undefined,
    }),
    merge: (data) => {
      for (const group of data.groups) addTo(groupOf(group.values), group);
      if (data.rest === undefined) return;
      isFull = true;
      addTo(rest, data.rest);
    },
    top: (count) => {
      const sorted = [...groups.values()].sort((a, b) => b.count - a.count);
      for (const group of sorted.slice(count)) {
        addTo(rest, dataOf(group));
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
