import type { DatabaseSync, StatementSync } from "node:sqlite";

/** Beside the bytes, so that a scan can pass a chunk over without reading those. `docs/formats/sqlite.md` explains the columns. */
export const filtersSchema = `
  CREATE TABLE IF NOT EXISTS filters (
    arrival INTEGER PRIMARY KEY,
    data BLOB NOT NULL
  ) STRICT
`;

/** The filters of merged chunks, of one day's file. A file that was made before there were any gets their table with the first. */
export const createFilters = (database: DatabaseSync) => {
  const prepared = new Map<string, StatementSync>();
  const run = (sql: string): StatementSync => {
    const statement = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
  let isThere = false;
  const hasTable = (): boolean => {
    isThere ||= run("SELECT 1 FROM sqlite_schema WHERE name = 'filters'").get() !== undefined;
    return isThere;
  };
  return {
    read: (arrival: number): Uint8Array | undefined => {
      if (!hasTable()) return undefined;
      const data = run("SELECT data FROM filters WHERE arrival = ?").get(arrival)?.data;
      return data instanceof Uint8Array ? data : undefined;
    },
    /** Within the transaction that stores the chunk. */
    add: (arrival: number, filter: Uint8Array): void => {
      // Not only where the table is not known: what made it known may be rolled back with this transaction.
      database.exec(filtersSchema);
      run("INSERT INTO filters (arrival, data) VALUES (?, ?)").run(arrival, filter);
    },
    /** Within the transaction that deletes the chunk's bytes. */
    delete: (arrival: number): void => {
      if (hasTable()) run("DELETE FROM filters WHERE arrival = ?").run(arrival);
    },
  };
};

export type Filters = ReturnType<typeof createFilters>;
