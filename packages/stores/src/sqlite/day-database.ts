import { Buffer } from "node:buffer";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import {
  type ChunkMeta,
  idToBytes,
  type PutOutcome,
  type ScanRequest,
  type TenantChunk,
  timeOfId,
} from "@log-service/core";
import { type ChunkRow, fromRow, insertRow, type Place, toRow } from "./chunk-row.ts";
import { inTransaction } from "./schema.ts";

/** What a slice is taken from. All times in milliseconds since 1970. */
export interface SliceRequest {
  readonly tenant: string;
  readonly order: ScanRequest["order"];
  /** A chunk is of interest when its last entry is not before this, ... */
  readonly from: number;
  /** ... and its first entry before this. */
  readonly to: number;
  /** For "newest" the slice lies below this place, for "oldest" at or above it. */
  readonly start: Place;
  readonly limit: number;
}

/** A chunk as a file knows it. */
export interface FoundChunk {
  readonly meta: ChunkMeta;
  /** The key of its bytes, and its number in the order of arrival. */
  readonly arrival: number;
}

const columns = `max_time, max_id, min_time, min_id, id, arrival, entries, infos, warnings, errors, bytes, checksum,
  digest`;

/** How a slice is found: by the index of its order, or, when that is damaged, by reading the whole table. */
export type Path = "index" | "table";

const sliceSql = (order: ScanRequest["order"], path: Path): string => {
  const table = path === "index" ? `chunks INDEXED BY ${order}` : "chunks NOT INDEXED";
  return order === "newest"
    ? `SELECT ${columns} FROM ${table}
        WHERE tenant = ? AND (max_time, max_id) < (?, ?) AND min_time < ? AND max_time >= ?
        ORDER BY max_time DESC, max_id DESC LIMIT ?`
    : `SELECT ${columns} FROM ${table}
        WHERE tenant = ? AND (min_time, min_id) >= (?, ?) AND min_time < ? AND max_time >= ?
        ORDER BY min_time, min_id LIMIT ?`;
};

/** The first place at or above an id leads to its chunk, since the ids of two chunks never interleave. */
const findSql = (path: Path): string => `
  SELECT ${columns} FROM chunks ${path === "index" ? "INDEXED BY newest" : "NOT INDEXED"}
  WHERE tenant = ? AND max_time = ? AND max_id >= ? ORDER BY max_id LIMIT 1`;

/** Prepares a statement when it is first used: most openings of a file use one or two. */
const prepareLate = (database: DatabaseSync, sql: string): (() => StatementSync) => {
  let statement: StatementSync | undefined;
  return () => {
    statement ??= database.prepare(sql);
    return statement;
  };
};

const prepareReads = (database: DatabaseSync, path: Path) => ({
  newest: prepareLate(database, sliceSql("newest", path)),
  oldest: prepareLate(database, sliceSql("oldest", path)),
  byId: prepareLate(database, findSql(path)),
});

const createTenantNumbers = (database: DatabaseSync) => {
  const known = new Map<string, number>();
  const select = prepareLate(database, "SELECT tenant FROM tenants WHERE name = ?");
  const insert = prepareLate(database, "INSERT INTO tenants (name) VALUES (?)");
  const find = (name: string): number | undefined => {
    const number = known.get(name) ?? select().get(name)?.tenant;
    if (typeof number !== "number") return undefined;
    known.set(name, number);
    return number;
  };
  return {
    find,
    findOrAdd: (name: string): number => find(name) ?? Number(insert().run(name).lastInsertRowid),
    forget: () => known.clear(),
  };
};

/** The statements of one day's file. All of them end before they return: nothing is held open between two calls. */
export const createDayDatabase = (database: DatabaseSync) => {
  const tenants = createTenantNumbers(database);
  const reads = { index: prepareReads(database, "index"), table: prepareReads(database, "table") };
  const select = {
    blob: prepareLate(database, "SELECT data FROM blobs WHERE arrival = ?"),
    lastArrival: prepareLate(database, "SELECT max(arrival) AS arrival FROM blobs"),
  };
  const insert = {
    row: prepareLate(database, insertRow),
    blob: prepareLate(database, "INSERT INTO blobs (arrival, data) VALUES (?, ?)"),
  };

  const find = (tenant: string, id: string, path: Path): FoundChunk | undefined => {
    const number = tenants.find(tenant);
    if (number === undefined) return undefined;
    // The columns are those of `chunks`, a STRICT table.
    const row = reads[path].byId().get(number, timeOfId(id), idToBytes(id)) as ChunkRow | undefined;
    if (row === undefined) return undefined;
    const meta = fromRow(tenant, row);
    return meta.id === id ? { meta, arrival: row.arrival } : undefined;
  };

  const putOne = (chunk: TenantChunk, nextArrival: () => number): PutOutcome => {
    const there = find(chunk.tenant, chunk.meta.id, "index");
    if (there !== undefined)
      return there.meta.digest === chunk.meta.digest ? "present" : "conflict";
    const number = tenants.findOrAdd(chunk.tenant);
    const arrival = nextArrival();
    insert.blob().run(arrival, chunk.bytes);
    insert.row().run(...toRow(number, chunk, arrival));
    return "stored";
  };

  return {
    /** Finds a chunk by its id. */
    find,

    /** Stores chunks in one transaction. It is durable when the file's log has been synced. */
    put: (chunks: readonly TenantChunk[], nextArrival: () => number): PutOutcome[] => {
      try {
        return inTransaction(database, () => chunks.map((chunk) => putOne(chunk, nextArrival)));
      } catch (error) {
        tenants.forget();
        throw error;
      }
    },

    slice: (request: SliceRequest, path: Path): ChunkRow[] => {
      const { tenant, order, start, from, to, limit } = request;
      const number = tenants.find(tenant);
      if (number === undefined) return [];
      const rows = reads[path][order]().all(number, start.time, start.id, to, from, limit);
      // The columns are those of `chunks`, a STRICT table.
      return rows as unknown as ChunkRow[];
    },

    /** The bytes of a chunk, undefined when the file does not have it. */
    bytes: (arrival: number): Uint8Array | undefined => {
      const data = select.blob().get(arrival)?.data;
      return data instanceof Uint8Array ? data : undefined;
    },

    /** The highest number in the order of arrival, 0 in an empty file. */
    lastArrival: (): number => Number(select.lastArrival().get()?.arrival ?? 0),

    /** Empties the log: everything is in the file itself then. */
    checkpoint: () => database.exec("PRAGMA wal_checkpoint(TRUNCATE)"),

    close: () => database.close(),
  };
};

export type DayDatabase = ReturnType<typeof createDayDatabase>;

/** Places in front of every chunk, for the beginning of a scan. */
export const lowestId = Buffer.alloc(0);
