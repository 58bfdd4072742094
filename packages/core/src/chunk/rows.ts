import type { AttributeValue } from "../entry/entry.ts";
import type { Column } from "./column.ts";
import { corrupt } from "./corrupt.ts";

export interface ShapeOfEntries {
  /** Indices into the columns, ascending. */
  readonly columns: readonly number[];
  /** How many entries have this shape. */
  readonly count: number;
}

/** Tells which value of a column belongs to which entry. Columns are given by their index. */
export interface Rows {
  /** Of each entry the place of its value in the column's values; -1 where it has none. */
  ranks(column: number): Int32Array;
  /** The entries that have a value in the column, ascending. */
  rows(column: number): Uint32Array;
  /** The value of an entry. */
  valueAt(column: number, index: number): AttributeValue | undefined;
}

type ValueAt = (rank: number) => AttributeValue;

const accessorOf = (column: Column): ValueAt => {
  if (column.type === "string") return column.read().at;
  const values = column.read();
  return column.type === "number" ? (rank) => values[rank]! : (rank) => values[rank] === 1;
};

const rankEntries = (codes: Float64Array, shapes: readonly ShapeOfEntries[], column: number) => {
  const has = Uint8Array.from(shapes, ({ columns }) => (columns.includes(column) ? 1 : 0));
  const ranks = new Int32Array(codes.length);
  let rank = 0;
  for (let i = 0; i < codes.length; i++) ranks[i] = has[codes[i]!] === 1 ? rank++ : -1;
  return { ranks, count: rank };
};

export const createRows = (
  columns: readonly Column[],
  shapes: readonly ShapeOfEntries[],
  shapeCodes: () => Float64Array,
): Rows => {
  const ranked: (Int32Array | undefined)[] = [];
  const accessors: (ValueAt | undefined)[] = [];
  const columnAt = (index: number): Column => {
    const column = columns[index];
    if (column === undefined) throw corrupt("it has no such column");
    return column;
  };
  const ranksOf = (index: number): Int32Array => {
    const known = ranked[index];
    if (known !== undefined) return known;
    const { ranks, count } = rankEntries(shapeCodes(), shapes, index);
    if (count !== columnAt(index).count) throw corrupt("a column has another length");
    ranked[index] = ranks;
    return ranks;
  };
  return {
    ranks: ranksOf,
    rows: (index) => {
      const rows = new Uint32Array(columnAt(index).count);
      const ranks = ranksOf(index);
      for (let i = 0; i < ranks.length; i++) if (ranks[i]! >= 0) rows[ranks[i]!] = i;
      return rows;
    },
    valueAt: (index, entry) => {
      const rank = ranksOf(index)[entry]!;
      if (rank < 0) return undefined;
      const accessor = accessors[index] ?? accessorOf(columnAt(index));
      accessors[index] = accessor;
      return accessor(rank);
    },
  };
};
