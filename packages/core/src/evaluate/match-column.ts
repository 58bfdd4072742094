import type { Column } from "../chunk/column.ts";
import type { ChunkData } from "./chunk-data.ts";
import type { EntrySet } from "./entry-set.ts";
import { matchStrings } from "./match-strings.ts";
import type { ValueTest } from "./value-test.ts";

/** Where matching entries are looked for, and where they are put. */
export interface Search {
  readonly chunk: ChunkData;
  readonly among: EntrySet;
  readonly found: EntrySet;
}

/** Adds the entries whose value in the column matches. Which entries have one is only read when that matters. */
export const matchColumn = (
  column: Column,
  test: ValueTest,
  { chunk, among, found }: Search,
): void => {
  let rows: Uint32Array | undefined;
  const rowOf = (rank: number): number => {
    rows ??= chunk.rows(column);
    return rows[rank]!;
  };
  const hit = (rank: number): void => {
    const row = rowOf(rank);
    if (among.has(row)) found.add(row);
  };
  const isWanted = among.isFull ? () => true : (rank: number) => among.has(rowOf(rank));
  if (column.type === "string") {
    matchStrings(column.read(), { count: column.count, test, isWanted, hit });
    return;
  }
  const values = column.read();
  if (column.type === "number") {
    const isMatch = test.matchesNumber ?? test.matches;
    for (let rank = 0; rank < values.length; rank++) if (isMatch(values[rank]!)) hit(rank);
    return;
  }
  const verdicts = [test.matches(false), test.matches(true)];
  for (let rank = 0; rank < values.length; rank++) if (verdicts[values[rank]!]) hit(rank);
};
