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
import { type ChunkRow, chunkColumns, fromRow, insertRow, type Place, toRow } from "./chunk-row.ts";
import { createReplaced } from "./replaced.ts";
import { inTransaction } from "./schema.ts";
import { straddlingSql, straddlingTimes } from "./straddling.ts";

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

/** How a slice is found: by the index of its order, or, when that is damaged, by reading the whole table. */
export type Path = "index" | "table";

const sliceSql = (order: ScanRequest["order"], path: Path): string => {
  const table = path === "index" ? `chunks INDEXED BY ${order}` : "chunks NOT INDEXED";
  return order === "newest"
    ? `SELECT ${chunkColumns} FROM ${table}
        WHERE tenant = ? AND (max_time, max_id) < (?, ?) AND min_time < ? AND max_time >= ?
        ORDER BY max_time DESC, max_id DESC LIMIT ?`
    : `SELECT ${chunkColumns} FROM ${table}
        WHERE tenant = ? AND (min_time, min_id) >= (?, ?) AND min_time < ? AND max_time >= ?
        ORDER BY min_time, min_id LIMIT ?`;
};

/** The first place at or above an id leads to its chunk, since the ids of two chunks never interleave. */
const findSql = (path: Path): string => `
  SELECT ${chunkColumns} FROM chunks ${path === "index" ? "INDEXED BY newest" : "NOT INDEXED"}
  WHERE tenant = ? AND max_time = ? AND max_id >= ? ORDER BY max_id LIMIT 1`;

/** The key leads to the first chunk that is new, of whatever tenant. */
const arrivedSql = `
  SELECT ${chunkColumns} FROM chunks WHERE arrival > ? AND tenant = ? ORDER BY arrival LIMIT ?`;

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
  straddling: {
    newest: prepareLate(database, straddlingSql("newest", path, chunkColumns)),
    oldest: prepareLate(database, straddlingSql("oldest", path, chunkColumns)),
  },
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

/** What is read of a file whatever the order of a scan. */
const createLookUps = (
  database: DatabaseSync,
  findTenant: (name: string) => number | undefined,
) => {
  const select = {
    blob: prepareLate(database, "SELECT data FROM blobs WHERE arrival = ?"),
    // What took the place of others has a negative number, of the same sequence.
    lastArrival: prepareLate(
      database,
      "SELECT max((SELECT max(arrival) FROM blobs), -(SELECT min(arrival) FROM blobs)) AS arrival",
    ),
    names: prepareLate(database, "SELECT name FROM tenants ORDER BY name"),
    count: prepareLate(database, "SELECT count(*) AS n FROM chunks"),
    arrived: prepareLate(database, arrivedSql),
    roots: prepareLate(
      database,
      "SELECT rootpage FROM sqlite_schema WHERE name IN ('blobs', 'filters')",
    ),
  };
  return {
    /** The tenant's first chunks behind a number in the order of arrival. */
    arrivedAfter: (tenant: string, after: number, limit: number): ChunkRow[] => {
      const number = findTenant(tenant);
      if (number === undefined) return [];
      // The columns are those of `chunks`, a STRICT table.
      return select.arrived().all(after, number, limit) as unknown as ChunkRow[];
    },

    /** The bytes of a chunk, undefined when the file does not have it. */
    bytes: (arrival: number): Uint8Array | undefined => {
      const data = select.blob().get(arrival)?.data;
      return data instanceof Uint8Array ? data : undefined;
    },

    /** The highest number in the order of arrival, 0 in an empty file. */
    lastArrival: (): number => Math.max(0, Number(select.lastArrival().get()?.arrival ?? 0)),

    /** All tenants that have stored something in this file. */
    tenantNames: (): string[] =>
      select
        .names()
        .all()
        .map(({ name }) => String(name)),

    countChunks: (): number => Number(select.count().get()?.n),

    /** The first pages of the tables that hold what senders sent. */
    contentRoots: (): number[] =>
      select
        .roots()
        .all()
        .map(({ rootpage }) => Number(rootpage)),
  };
};

/** The statements of one day's file. All of them end before they return: nothing is held open between two calls. */
export const createDayDatabase = (database: DatabaseSync) => {
  const tenants = createTenantNumbers(database);
  const reads = { index: prepareReads(database, "index"), table: prepareReads(database, "table") };
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

  const replaced = createReplaced(database, tenants.find);

  /** The outcome for a chunk that is there, or was until it was replaced; undefined for a new one. */
  const outcomeOf = ({ tenant, meta }: TenantChunk, path: Path = "index") => {
    const there = find(tenant, meta.id, path)?.meta ?? replaced.digestOf(tenant, meta.id);
    if (there === undefined) return undefined;
    return there.digest === meta.digest ? ("present" as const) : ("conflict" as const);
  };

  const putOne = (chunk: TenantChunk, nextArrival: () => number): PutOutcome => {
    const there = outcomeOf(chunk);
    if (there !== undefined) return there;
    const number = tenants.findOrAdd(chunk.tenant);
    const arrival = nextArrival();
    insert.blob().run(arrival, chunk.bytes);
    insert.row().run(...toRow(number, chunk, arrival));
    return "stored";
  };

  return {
    ...createLookUps(database, tenants.find),
    /** Finds a chunk by its id. */
    find,
    outcomeOf,
    replaced,

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

    /** Merged chunks on both sides of the start of a scan, and some on one side only. */
    straddling: (request: Omit<SliceRequest, "limit">, path: Path): ChunkRow[] => {
      const { tenant, order, from, to } = request;
      const number = tenants.find(tenant);
      if (number === undefined) return [];
      const times = straddlingTimes(request);
      const rows = reads[path].straddling[order]().all(number, ...times, to, from);
      // The columns are those of `chunks`, a STRICT table.
      return rows as unknown as ChunkRow[];
    },

    /** Empties the log: everything is in the file itself then. */
    checkpoint: () => database.exec("PRAGMA wal_checkpoint(TRUNCATE)"),

    close: () => database.close(),
  };
};

export type DayDatabase = ReturnType<typeof createDayDatabase>;

/** Places in front of every chunk, for the beginning of a scan. */
export const lowestId = Buffer.alloc(0);
