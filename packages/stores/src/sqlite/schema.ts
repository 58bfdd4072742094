import { Buffer } from "node:buffer";
import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { LogServiceError } from "@log-service/core";
import { DamagedFileError } from "./errors.ts";

/** Kept in `PRAGMA user_version` of every file; a file with a higher one is refused. */
export const formatVersion = 1;

/**
 * Small pages, measured: a commit writes whole pages to the log, and a chunk wastes a part of its last page. With
 * 1 KiB a file is 9 % above the chunks it holds when they have 5 KB, and 1.5 % with 34 KB; with 4 KiB it is 18 % and 2.7 %.
 */
export const pageBytes = 1024;

const headerBytes = 100;
const magic = Buffer.from("SQLite format 3\0");
const versionOffset = 60;

/** The log is copied into the file at this size: 2 MiB take some 5 ms, in which nothing else runs. */
const checkpointPages = 2048;

/** When a commit is synced: before it returns, or by `syncLog` afterwards. */
export type Synchronous = "FULL" | "NORMAL";

/**
 * `synchronous=FULL` syncs the log at each commit, before it returns; `NORMAL` leaves that to the caller (`syncLog`), and
 * syncs the log before it is copied into the file, and then the file. The exclusive mode suits a single owner: no shared-memory file and
 * no locking calls. `cell_size_check` finds damaged pages where they are read. `secure_delete`
 * overwrites what is deleted; it must be on from a file's first row on, for rows that moved leave copies behind otherwise.
 */
const everyPragma = (synchronous: Synchronous): string => `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = ${synchronous};
  PRAGMA wal_autocheckpoint = ${checkpointPages};
  PRAGMA journal_size_limit = ${checkpointPages * pageBytes};
  PRAGMA cell_size_check = ON;
  PRAGMA secure_delete = ON;
`;

/** Opens a database that must exist: a plain path would create an empty one in place of a file that was taken away. */
const openExisting = (path: string, defensive: boolean): DatabaseSync => {
  const url = pathToFileURL(path);
  url.searchParams.set("mode", "rw");
  return new DatabaseSync(url, { defensive });
};

/**
 * Throws when the file is not a database of this store, before SQLite opens it: SQLite takes an empty file for a new
 * database, and would write to it. https://www.sqlite.org/fileformat.html#the_database_header
 */
const checkHeader = (path: string): void => {
  if (!existsSync(path)) throw new DamagedFileError("the file is missing");
  const header = Buffer.alloc(headerBytes);
  const descriptor = openSync(path, "r");
  try {
    readSync(descriptor, header, 0, headerBytes, 0);
  } finally {
    // Nobody else has the file open: closing it would take away the locks of this process.
    closeSync(descriptor);
  }
  if (!header.subarray(0, magic.length).equals(magic)) {
    throw new DamagedFileError("the file does not begin like a database");
  }
  const version = header.readUInt32BE(versionOffset);
  // A file gets its name when its schema is complete.
  if (version === 0) throw new DamagedFileError("the file has no format version");
  if (version > formatVersion) {
    const message = `the file has format version ${version}; this one reads up to ${formatVersion}`;
    throw new LogServiceError("STORE_UNAVAILABLE", `${path}: ${message}`);
  }
};

/** Opens a file of the store for reading and writing. */
export const openDatabase = (path: string, synchronous: Synchronous): DatabaseSync => {
  checkHeader(path);
  const database = openExisting(path, true);
  try {
    database.exec(everyPragma(synchronous));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

/**
 * Opens a damaged file to read what can still be read. With `writable_schema` SQLite accepts a file that is shorter
 * than its header says.
 */
export const openDamagedDatabase = (path: string): DatabaseSync => {
  checkHeader(path);
  const database = openExisting(path, false);
  try {
    database.exec(`PRAGMA writable_schema = ON; ${everyPragma("FULL")}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

/** Makes an empty file with its schema. It is not durable before the caller has synced it. */
export const createDatabase = (path: string, schema: string): void => {
  const database = new DatabaseSync(path);
  try {
    database.exec(
      `PRAGMA page_size = ${pageBytes}; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA synchronous = OFF;`,
    );
    database.exec(`BEGIN; ${schema}; PRAGMA user_version = ${formatVersion}; COMMIT;`);
    database.exec("PRAGMA journal_mode = WAL");
  } finally {
    database.close();
  }
};

/** Runs the step in one transaction; nothing of it stays when it throws. */
export const inTransaction = <T>(database: DatabaseSync, step: () => T): T => {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = step();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    // SQLite has rolled back by itself after some errors, a full disk for one.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
};
