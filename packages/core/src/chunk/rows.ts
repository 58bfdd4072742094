import type { Content } from "./content.ts";
import { corrupt } from "./corrupt.ts";

/** Of each entry the place of its value in a column's values; -1 where it has none. */
type Ranks = Int32Array;

export interface Rows {
  ranks(column: number): Ranks;
  /** The entries that have a value in the column, ascending. */
  rows(column: number): Uint32Array;
}

/** Tells which value of a column belongs to which entry. Columns are given by their index. */
export const createRows = (content: Content, count: number): Rows => {
  const known: (Ranks | undefined)[] = [];
  const rankAll = (column: number): Ranks => {
    const codes = content.shapeCodes();
    const has = Uint8Array.from(content.shapes, ({ columns }) =>
      columns.includes(column) ? 1 : 0,
    );
    const ranks = new Int32Array(count);
    let rank = 0;
    for (let i = 0; i < count; i++) ranks[i] = has[codes[i]!] === 1 ? rank++ : -1;
    if (rank !== content.columns[column]!.count) throw corrupt("a column has another length");
    return ranks;
  };
  const ranksOf = (column: number): Ranks => {
    const ranks = known[column] ?? rankAll(column);
    known[column] = ranks;
    return ranks;
  };
  return {
    ranks: ranksOf,
    rows: (column) => {
      const rows = new Uint32Array(content.columns[column]!.count);
      for (const [index, rank] of ranksOf(column).entries()) if (rank >= 0) rows[rank] = index;
      return rows;
    },
  };
};
