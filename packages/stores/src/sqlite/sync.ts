import { closeSync, existsSync, fdatasync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";

const sync = (path: string, flags: "r" | "r+"): void => {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/**
 * Makes durable what a database's log holds at the time of the call, without holding up this thread: a commit costs some
 * 30 µs, its sync ten times as much. Closing the descriptor gives up no lock: SQLite locks the database, not its log.
 */
export const syncLog = (databasePath: string): Promise<void> =>
  new Promise((resolve, reject) => {
    // Windows syncs only what may be written.
    const descriptor = openSync(`${databasePath}-wal`, "r+");
    fdatasync(descriptor, (error) => {
      closeSync(descriptor);
      if (error === null) resolve();
      else reject(error);
    });
  });

/** Makes the entries of a folder durable: names of new and of renamed files. */
export const syncFolder = (folder: string): void => {
  // Windows cannot sync a folder; NTFS keeps a journal of its entries.
  if (process.platform !== "win32") sync(folder, "r");
};

/**
 * Makes a file under another name and renames it when it is whole and synced, so that a file with this name is complete
 * whatever happens. SQLite syncs the content of its files, and the folder's entry of a log, but not the entry of the file
 * itself: without the last step a power cut could take away a file whose commits were synced.
 */
export const publishFile = (path: string, make: (unfinished: string) => void): void => {
  const unfinished = `${path}.new`;
  rmSync(unfinished, { force: true });
  make(unfinished);
  sync(unfinished, "r+");
  // A log that stayed when its file was taken away would be applied to the new file.
  if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${path}-wal.orphan`);
  renameSync(unfinished, path);
  syncFolder(dirname(path));
};

/** Renames a database with its log, durably; false when the file is missing. */
export const moveDatabase = (from: string, to: string): boolean => {
  // The log first: a log that stays behind would be applied to the new file.
  if (existsSync(`${from}-wal`)) renameSync(`${from}-wal`, `${to}-wal`);
  const isThere = existsSync(from);
  if (isThere) renameSync(from, to);
  syncFolder(dirname(to));
  return isThere;
};
