import { resolve } from "node:path";
import type { ErasureRecord, ErasureStore } from "@log-service/core/service";
import { translated } from "./errors.ts";
import type { StoreLog } from "./log.ts";
import { inTransaction } from "./schema.ts";
import { openSideDatabase } from "./side-database.ts";

const schema = `
  CREATE TABLE erasures (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    tenant TEXT NOT NULL,
    running INTEGER NOT NULL,
    record TEXT NOT NULL
  ) STRICT;
  CREATE INDEX running ON erasures (number) WHERE running = 1
`;

export interface SqliteErasuresOptions {
  /** The folder of a `SqliteStore` that is open: it is its owner. */
  readonly folder: string;
  readonly log?: StoreLog | undefined;
}

export interface SqliteErasureStore extends ErasureStore, Disposable {}

const read = (row: Record<string, unknown> | undefined): ErasureRecord | undefined =>
  row === undefined ? undefined : (JSON.parse(String(row.record)) as ErasureRecord); // written by `put`

/** Opens the erasures: a file of its own beside the days. */
export const openSqliteErasures = (options: SqliteErasuresOptions): SqliteErasureStore => {
  const what = "the erasures";
  const consequence = "those that were running are forgotten: ask for them again";
  const folder = resolve(options.folder);
  const database = openSideDatabase({ ...options, folder, name: "erasures", schema, consequence });
  /** The log has what was asked for, which is kept no longer than the erasure runs. */
  const emptyLog = () => database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  emptyLog();
  const keep = database.prepare(`INSERT INTO erasures (id, tenant, running, record)
    VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET running = excluded.running, record = excluded.record`);
  const find = database.prepare("SELECT record FROM erasures WHERE tenant = ? AND id = ?");
  const list = database.prepare("SELECT record FROM erasures WHERE running = 1 ORDER BY number");
  return {
    put: async (record) =>
      translated(what, () => {
        const { id, tenant, state } = record;
        const running = state === "running" ? 1 : 0;
        inTransaction(database, () => keep.run(id, tenant, running, JSON.stringify(record)));
        if (running === 0) emptyLog();
      }),
    get: async (tenant, id) => translated(what, () => read(find.get(tenant, id))),
    running: async (tenant) =>
      translated(what, () => list.all().map((row) => read(row)!)).filter(
        (record) => (tenant ?? record.tenant) === record.tenant,
      ),
    [Symbol.dispose]: () => database.close(),
  };
};
