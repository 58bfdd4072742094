import { resolve } from "node:path";
import type { UsageRow, UsageStore } from "@log-service/core/service";
import { translated } from "./errors.ts";
import type { StoreLog } from "./log.ts";
import { inTransaction } from "./schema.ts";
import { openSideDatabase } from "./side-database.ts";

const schema = `
  CREATE TABLE usage (
    tenant TEXT NOT NULL,
    day TEXT NOT NULL,
    slot TEXT NOT NULL,
    entries INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (tenant, day, slot)
  ) STRICT, WITHOUT ROWID
`;

export interface SqliteUsageOptions {
  /** The folder of a `SqliteStore` that is open: it is its owner. */
  readonly folder: string;
  readonly log?: StoreLog | undefined;
}

export interface SqliteUsageStore extends UsageStore, Disposable {}

/** Opens the counts of usage: a file of its own beside the days, so that it and they cannot harm each other. */
export const openSqliteUsage = (options: SqliteUsageOptions): SqliteUsageStore => {
  const folder = resolve(options.folder);
  const consequence = "usage is counted anew";
  const database = openSideDatabase({ ...options, folder, name: "usage", schema, consequence });
  const add = database.prepare(`INSERT INTO usage VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET entries = entries + excluded.entries, bytes = bytes + excluded.bytes`);
  const find = database.prepare(
    "SELECT day, slot, entries, bytes FROM usage WHERE tenant = ? AND day BETWEEN ? AND ?",
  );
  return {
    add: async (rows) =>
      translated("the usage", () =>
        inTransaction(database, () => {
          for (const { tenant, day, slot, entries, bytes } of rows)
            add.run(tenant, day, slot, entries, bytes);
          return [];
        }),
      ),
    read: async (tenant, from, to) =>
      translated("the usage", () =>
        find.all(tenant, from, to).map(
          (row): UsageRow => ({
            tenant,
            day: String(row.day),
            slot: String(row.slot),
            entries: Number(row.entries),
            bytes: Number(row.bytes),
          }),
        ),
      ),
    [Symbol.dispose]: () => database.close(),
  };
};
