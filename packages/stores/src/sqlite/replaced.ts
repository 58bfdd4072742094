import type { DatabaseSync, StatementSync } from "node:sqlite";
import {
  type ChunkMeta,
  chunkIdOf,
  idFromBytes,
  idToBytes,
  indexOfLogId,
  logIdAt,
  type MergedChunk,
  type TenantChunk,
} from "@log-service/core";
import { type ChunkRow, chunkColumns, fromRow, insertRow, toRow } from "./chunk-row.ts";
import { DamagedFileError } from "./errors.ts";
import { createFilters, type Filters } from "./filters.ts";
import { inTransaction } from "./schema.ts";

/**
 * The tables behind replaced chunks. What takes the place of others has a negative number: it never arrived. `moved` leads
 * from the ids of chunks that are gone to the chunk that has their entries, `replaced` lists bytes that readers may still
 * ask for. `docs/formats/sqlite.md` explains the columns.
 */
export const replacedSchema = `
  CREATE INDEX merged_newest ON chunks (tenant, max_time, max_id, min_time) WHERE arrival < 0;
  CREATE INDEX merged_oldest ON chunks (tenant, min_time, min_id, max_time) WHERE arrival < 0;
  CREATE TABLE moved (
    tenant INTEGER NOT NULL,
    id BLOB NOT NULL,
    entries INTEGER NOT NULL,
    arrival INTEGER NOT NULL,
    digest TEXT,
    PRIMARY KEY (tenant, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE replaced (
    arrival INTEGER PRIMARY KEY,
    since INTEGER NOT NULL
  ) STRICT
`;

const statements = {
  findExact: `SELECT ${chunkColumns} FROM chunks INDEXED BY newest
    WHERE tenant = ? AND max_time = ? AND max_id = ? AND min_time = ?`,
  findByArrival: `SELECT ${chunkColumns} FROM chunks WHERE arrival = ?`,
  findMoved: `SELECT id, entries, arrival FROM moved
    WHERE tenant = ? AND id <= ? ORDER BY id DESC LIMIT 1`,
  findDigest: "SELECT digest FROM moved WHERE tenant = ? AND id = ?",
  insertRow,
  insertBlob: "INSERT INTO blobs (arrival, data) VALUES (?, ?)",
  deleteRow: "DELETE FROM chunks WHERE arrival = ?",
  retire: "INSERT INTO replaced (arrival, since) VALUES (?, ?)",
  /** A chunk that is gone stays known by its id, so that it is not stored again. */
  remember: "INSERT INTO moved (tenant, id, entries, arrival, digest) VALUES (?, ?, 0, 0, ?)",
  forgetSpans: "DELETE FROM moved WHERE tenant = ? AND id > ? AND id <= ?",
  move: `INSERT INTO moved (tenant, id, entries, arrival) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET entries = excluded.entries, arrival = excluded.arrival`,
  listRetired: "SELECT arrival FROM replaced WHERE since <= ? LIMIT ?",
  listOfTenant: "SELECT arrival FROM chunks INDEXED BY newest WHERE tenant = ? LIMIT ?",
  forgetMoved: `DELETE FROM moved
    WHERE tenant = ? AND id IN (SELECT id FROM moved WHERE tenant = ? LIMIT ?)`,
  anyRetiredTo: "SELECT arrival FROM replaced WHERE since <= ? LIMIT 1",
  anyRetiredAfter: "SELECT arrival FROM replaced WHERE since > ? LIMIT 1",
  dateBack: "UPDATE replaced SET since = ? WHERE since > ?",
  anyRetired: "SELECT arrival FROM replaced LIMIT 1",
  countFree: "PRAGMA freelist_count",
  deleteBlob: "DELETE FROM blobs WHERE arrival = ?",
  deleteRetired: "DELETE FROM replaced WHERE arrival = ?",
} as const;

type Statements = Record<keyof typeof statements, () => StatementSync>;

const prepareAll = (database: DatabaseSync): Statements => {
  const prepared = new Map<string, StatementSync>();
  const entries = Object.entries(statements).map(([name, sql]) => [
    name,
    () => {
      const statement = prepared.get(name) ?? database.prepare(sql);
      prepared.set(name, statement);
      return statement;
    },
  ]);
  // The names are those of `statements`.
  return Object.fromEntries(entries) as Statements;
};

export interface RowReplacement {
  readonly tenant: string;
  readonly old: readonly ChunkMeta[];
  readonly chunks: readonly MergedChunk[];
  /** The highest number in the order of arrival that may be replaced. */
  readonly settled: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The next number that nothing has had. */
  readonly nextNumber: () => number;
}

type RowOutcome = "replaced" | "gone" | "busy";

type NumberOf = (tenant: string) => number | undefined;

interface Parts {
  readonly database: DatabaseSync;
  readonly run: Statements;
  readonly filters: Filters;
  readonly numberOf: NumberOf;
}

const createReplacing = ({ database, run, filters, numberOf }: Parts) => {
  const findExact = (number: number, { maxTime, maxId, minTime }: ChunkMeta) =>
    // The columns are those of `chunks`, a STRICT table.
    run.findExact().get(number, maxTime, idToBytes(maxId), minTime) as ChunkRow | undefined;

  const retire = (number: number, row: ChunkRow, meta: ChunkMeta, now: number): void => {
    run.deleteRow().run(row.arrival);
    run.retire().run(row.arrival, now);
    if (row.arrival > 0) run.remember().run(number, idToBytes(meta.id), meta.digest ?? null);
  };

  const add = (number: number, chunk: TenantChunk & MergedChunk, arrival: number): void => {
    run.insertBlob().run(arrival, chunk.bytes);
    if (chunk.filter !== undefined) filters.add(arrival, chunk.filter);
    run.insertRow().run(...toRow(number, chunk, arrival));
    for (const { firstId, count } of chunk.spans) {
      const first = idToBytes(firstId);
      if (count > 1) run.forgetSpans().run(number, first, idToBytes(logIdAt(firstId, count - 1)));
      run.move().run(number, first, count, arrival);
    }
  };

  /** Replaces chunks in one transaction. */
  return (replacement: RowReplacement): RowOutcome => {
    const { tenant, old, chunks, settled, now, nextNumber } = replacement;
    const number = numberOf(tenant);
    const rows = number === undefined ? [] : old.map((meta) => findExact(number, meta));
    const found = rows.filter((row) => row !== undefined);
    const isThere = found.every((row, index) => fromRow(tenant, row).id === old[index]?.id);
    if (number === undefined || found.length < old.length || !isThere) return "gone";
    if (found.some((row) => row.arrival > settled)) return "busy";
    inTransaction(database, () => {
      for (const [index, row] of found.entries()) retire(number, row, old[index]!, now);
      for (const chunk of chunks) add(number, { ...chunk, tenant }, -nextNumber());
    });
    return "replaced";
  };
};

const createLookUps = ({ run, numberOf }: Parts) => ({
  /** Finds the chunk that has the entry now, which first came in a chunk that is gone. */
  find: (tenant: string, logId: string) => {
    const number = numberOf(tenant);
    if (number === undefined) return undefined;
    const moved = run.findMoved().get(number, idToBytes(logId));
    if (moved === undefined) return undefined;
    if (!(moved.id instanceof Uint8Array)) throw new DamagedFileError("an id is damaged");
    const index = indexOfLogId(idFromBytes(moved.id), logId);
    if (index < 0 || index >= Number(moved.entries)) return undefined;
    const arrival = Number(moved.arrival);
    // The columns are those of `chunks`, a STRICT table.
    const row = run.findByArrival().get(arrival) as ChunkRow | undefined;
    return row === undefined ? undefined : { meta: fromRow(tenant, row), arrival };
  },

  /** The digest of a chunk that was replaced; undefined when there was none with this id. */
  digestOf: (tenant: string, id: string): { readonly digest: string | undefined } | undefined => {
    const number = numberOf(tenant);
    if (number === undefined) return undefined;
    const there = run.findDigest().get(number, idToBytes(chunkIdOf(id)));
    if (there === undefined) return undefined;
    return { digest: typeof there.digest === "string" ? there.digest : undefined };
  },
});

const createFreeing = ({ database, run, filters, numberOf }: Parts) => ({
  /** Deletes chunks of a tenant, and what is known of replaced ones, at most `limit` of each. */
  empty: (tenant: string, limit: number, now: number) => {
    const number = numberOf(tenant);
    if (number === undefined) return { chunks: 0, isMore: false };
    const rows = run.listOfTenant().all(number, limit);
    const moved = inTransaction(database, () => {
      for (const { arrival } of rows) {
        run.deleteRow().run(Number(arrival));
        run.retire().run(Number(arrival), now);
      }
      return run.forgetMoved().run(number, number, limit).changes;
    });
    return { chunks: rows.length, isMore: rows.length === limit || moved === limit };
  },

  /** Deletes bytes that were replaced up to a time, `limit` chunks of them; returns how many there were. */
  sweep: (until: number, limit: number): number => {
    const arrivals = run.listRetired().all(until, limit);
    if (arrivals.length === 0) return 0;
    inTransaction(database, () => {
      for (const { arrival } of arrivals) {
        run.deleteBlob().run(Number(arrival));
        filters.delete(Number(arrival));
        run.deleteRetired().run(Number(arrival));
      }
    });
    return arrivals.length;
  },

  /** What is to be done to give space back. "time": some bytes were replaced, and may still be read. */
  needs: (until: number, freePagesMax: number): "sweep" | "shrink" | "time" | "nothing" => {
    if (run.listRetired().get(until, 1) !== undefined) return "sweep";
    if (Number(run.countFree().get()?.freelist_count ?? 0) > freePagesMax) return "shrink";
    return run.anyRetired().get() === undefined ? "nothing" : "time";
  },

  /** Whether bytes are still there that were replaced up to a time. */
  holds: (until: number): boolean => run.anyRetiredTo().get(until) !== undefined,

  /** Whether bytes were replaced in what is the future since the clock was set back. */
  isAhead: (now: number): boolean => run.anyRetiredAfter().get(now) !== undefined,

  /** Takes what was replaced in the future for replaced now: nobody knows when that was. */
  dateBack: (now: number): void => void run.dateBack().run(now, now),

  /** Moves the last pages of the file to free places and cuts them off. */
  shrink: (pages: number): void => database.exec(`PRAGMA incremental_vacuum(${pages})`),
});

/** The statements behind replaced chunks, of one day's file. `numberOf` gives the tenant's number in the file. */
export const createReplaced = (database: DatabaseSync, numberOf: NumberOf) => {
  const filters = createFilters(database);
  const parts = { database, run: prepareAll(database), filters, numberOf };
  return {
    replace: createReplacing(parts),
    filterOf: filters.read,
    ...createLookUps(parts),
    ...createFreeing(parts),
  };
};
