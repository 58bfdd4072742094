import { isLogServiceError, LogServiceError } from "@log-service/core";

/**
 * Primary result codes of SQLite: the low byte of `errcode`.
 * https://www.sqlite.org/rescode.html
 */
const sqlite = {
  perm: 3,
  busy: 5,
  locked: 6,
  noMemory: 7,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

const names: ReadonlyMap<number, string> = new Map([
  [sqlite.perm, "PERM"],
  [sqlite.busy, "BUSY"],
  [sqlite.locked, "LOCKED"],
  [sqlite.noMemory, "NOMEM"],
  [sqlite.readOnly, "READONLY"],
  [sqlite.ioError, "IOERR"],
  [sqlite.corrupt, "CORRUPT"],
  [sqlite.full, "FULL"],
  [sqlite.cannotOpen, "CANTOPEN"],
  [sqlite.notADatabase, "NOTADB"],
]);

const unavailable: readonly number[] = [
  sqlite.perm,
  sqlite.readOnly,
  sqlite.ioError,
  sqlite.cannotOpen,
];
const damaged: readonly number[] = [sqlite.corrupt, sqlite.notADatabase];
const busy: readonly number[] = [sqlite.busy, sqlite.locked, sqlite.noMemory];
const fullInFileSystem = ["ENOSPC", "EDQUOT", "EFBIG"];

/** When a sender may try again: long enough for an operator's alarm to help, short enough to be useful. */
const retryAfterMs = { full: 10_000, unavailable: 5_000, busy: 1_000 } as const;

/** A file of the store holds something else than what was written. It never leaves this folder. */
export class DamagedFileError extends Error {
  override readonly name = "DamagedFileError";
}

/** The primary result code of an error of `node:sqlite`, -1 for any other error. */
const resultCode = (error: unknown): number => {
  if (!(error instanceof Error) || !("errcode" in error)) return -1;
  return typeof error.errcode === "number" ? error.errcode & 0xff : -1;
};

/** The word under which people find the cause: `EACCES`, `SQLITE_FULL`, `SQLITE_IOERR 522`. */
const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return "unknown";
  const name = names.get(resultCode(error));
  if (name === undefined) return "code" in error ? String(error.code) : error.name;
  const isExtended = "errcode" in error && error.errcode !== resultCode(error);
  return isExtended ? `SQLITE_${name} ${error.errcode}` : `SQLITE_${name}`;
};

export const isBusy = (error: unknown): boolean => busy.includes(resultCode(error));

/** No number of this store is beyond 2^53: the driver says so of one that a damaged page seems to hold. */
const isBeyondNumbers = (error: unknown): boolean =>
  error instanceof RangeError && "code" in error && error.code === "ERR_OUT_OF_RANGE";

/** Whether a file's content is damaged, as opposed to the disk being full, slow or away. */
export const isDamage = (error: unknown): boolean =>
  error instanceof DamagedFileError ||
  isBeyondNumbers(error) ||
  damaged.includes(resultCode(error));

/** Whether the handle cannot be trusted after the error: after a failed sync nobody knows what is on disk. */
export const isHandleLost = (error: unknown): boolean =>
  isDamage(error) || unavailable.includes(resultCode(error));

const isFull = (error: unknown): boolean =>
  resultCode(error) === sqlite.full || fullInFileSystem.includes(codeOf(error));

const isFileSystemError = (error: unknown): boolean => error instanceof Error && "syscall" in error;

/**
 * Translates an error of the driver or of the file system. `place` is what the message names: the folder while it is
 * being opened, "the store" later, when the message goes to callers.
 */
export const toStoreError = (cause: unknown, place: string): LogServiceError => {
  if (isLogServiceError(cause)) return cause;
  const code = codeOf(cause);
  if (isFull(cause)) {
    return new LogServiceError("STORE_FULL", `${place} has no room left (${code})`, {
      cause,
      retryAfterMs: retryAfterMs.full,
    });
  }
  if (isBusy(cause)) {
    return new LogServiceError("STORE_BUSY", `${place} is busy (${code})`, {
      cause,
      retryAfterMs: retryAfterMs.busy,
    });
  }
  if (isFileSystemError(cause) || unavailable.includes(resultCode(cause))) {
    return new LogServiceError("STORE_UNAVAILABLE", `${place} cannot be used (${code})`, {
      cause,
      retryAfterMs: retryAfterMs.unavailable,
    });
  }
  if (isDamage(cause)) {
    return new LogServiceError("CHUNK_CORRUPT", `${place} is damaged (${code})`, { cause });
  }
  return new LogServiceError("INTERNAL", `${place} failed (${code})`, { cause });
};

/** Runs a step and translates what it throws. The place may be a function where naming it costs something. */
export const translated = <T>(place: string | (() => string), step: () => T): T => {
  try {
    return step();
  } catch (error) {
    throw toStoreError(error, typeof place === "string" ? place : place());
  }
};
