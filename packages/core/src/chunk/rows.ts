import type { AttributeValue } from "../entry/entry.ts";
import type { Column } from "./column.ts";
import { corrupt } from "./corrupt.ts";
import { once } from "./once.ts";

export interface ShapeOfEntries {
  /** Indices into the columns, ascending. */
  readonly columns: readonly number[];
  /** How many entries have this shape. */
  readonly count: number;
}

/** Tells which value of a column belongs to which entry. Columns are given by their index. */
export interface Rows {
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

/** Of each entry, for each column of its shape in order, how many entries before it have a value in that column. */
interface Ranks {
  /** The ranks of entry i begin at `starts[i]`. */
  readonly starts: Uint32Array;
  readonly ranks: Uint32Array;
}

const rankEntries = (
  codes: Float64Array,
  shapes: readonly ShapeOfEntries[],
  columns: readonly Column[],
): Ranks => {
  const total = columns.reduce((sum, { count }) => sum + count, 0);
  const ranks = new Uint32Array(total);
  const starts = new Uint32Array(codes.length);
  const next = new Uint32Array(columns.length);
  let position = 0;
  for (let i = 0; i < codes.length; i++) {
    starts[i] = position;
    const shape = shapes[codes[i]!];
    if (shape === undefined) throw corrupt("an entry has an unknown shape");
    const own = shape.columns;
    for (let k = 0; k < own.length; k++) ranks[position++] = next[own[k]!]!++;
  }
  if (position !== total) throw corrupt("its shapes have other numbers of entries");
  return { starts, ranks };
};

/** Where each column is among those of a shape; -1 for a column that it does not have. */
const placesIn = (shape: ShapeOfEntries, columnCount: number): Int32Array => {
  const places = new Int32Array(columnCount).fill(-1);
  for (let k = 0; k < shape.columns.length; k++) places[shape.columns[k]!] = k;
  return places;
};

export const createRows = (
  columns: readonly Column[],
  shapes: readonly ShapeOfEntries[],
  shapeCodes: () => Float64Array,
): Rows => {
  const total = shapes.reduce((sum, { count }) => sum + count, 0);
  const ranked = once(() => rankEntries(shapeCodes(), shapes, columns));
  const places: (Int32Array | undefined)[] = new Array(shapes.length).fill(undefined);
  const accessors: (ValueAt | undefined)[] = new Array(columns.length).fill(undefined);
  const placesOf = (shape: number): Int32Array => {
    const known = places[shape];
    if (known !== undefined) return known;
    const made = placesIn(shapes[shape]!, columns.length);
    places[shape] = made;
    return made;
  };
  const accessorAt = (index: number): ValueAt => {
    const known = accessors[index];
    if (known !== undefined) return known;
    const made = accessorOf(columns[index]!);
    accessors[index] = made;
    return made;
  };
  return {
    rows: (index) => {
      const count = columns[index]?.count ?? 0;
      const rows = new Uint32Array(count);
      let rank = 0;
      if (count === total) {
        for (; rank < count; rank++) rows[rank] = rank;
        return rows;
      }
      const codes = shapeCodes();
      const has = Uint8Array.from(shapes, (shape) => (shape.columns.includes(index) ? 1 : 0));
      for (let i = 0; i < codes.length; i++) if (has[codes[i]!] === 1) rows[rank++] = i;
      return rows;
    },
    valueAt: (index, entry) => {
      const { starts, ranks } = ranked();
      const place = placesOf(shapeCodes()[entry]!)[index];
      if (place === undefined || place < 0) return undefined;
      return accessorAt(index)(ranks[starts[entry]! + place]!);
    },
  };
};
