import { readFileSync, statSync } from "node:fs";

/** Of the write-ahead log of SQLite: https://www.sqlite.org/fileformat2.html#the_write_ahead_log */
const headBytes = 32;
const frameHeadBytes = 24;

/** How far a log was written at a moment. */
export interface WalPlace {
  /** The salt of its head: another one means that the log began anew, and what it held is in the database. */
  readonly generation: number;
  /** The end of its last frame of this generation. */
  readonly end: number;
  /** Changes when frames are copied into the database: the log had to be synced before that. */
  readonly databaseStamp: number;
}

/** Where the log ends. A log that began anew keeps frames of before behind its end, so its size says nothing. */
export const walPlaceOf = (path: string): WalPlace => {
  const database = statSync(path.replace(/-wal$/, ""), { throwIfNoEntry: false });
  const databaseStamp = database?.mtimeMs ?? 0;
  const empty = { generation: 0, end: 0, databaseStamp };
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return empty;
  const log = readFileSync(path);
  if (log.length < headBytes) return empty;
  const frameBytes = frameHeadBytes + log.readUInt32BE(8);
  const generation = log.readUInt32BE(16);
  let end = headBytes;
  while (end + frameBytes <= log.length && log.readUInt32BE(end + 8) === generation)
    end += frameBytes;
  return { generation, end, databaseStamp };
};
