import { existsSync, mkdirSync, readdirSync, statfsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { LogServiceError } from "@log-service/core";
import { translated } from "./errors.ts";
import { syncFolder } from "./sync.ts";

/** Below this the store calls itself full, so that a probe knows before a sender does. */
const freeBytesMin = 8 * 2 ** 20;

/**
 * Makes the folder unless it is there, and its entry in each folder above it durable. Not with the `recursive` of Node:
 * where a file system says ENOENT to every `mkdir`, as /proc does, that never returns.
 */
export const makeFolder = (folder: string): void => {
  const isThere = () => statSync(folder, { throwIfNoEntry: false })?.isDirectory();
  if (isThere()) return;
  const parent = dirname(folder);
  if (!existsSync(parent)) makeFolder(parent);
  try {
    // Logs may hold anything: only their owner reads them.
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it just now: a key is created while the server starts.
    if (!isThere()) throw error;
  }
  syncFolder(parent);
};

/** Makes the folder of a server's data before the server does; throws STORE_UNAVAILABLE where none can be. */
export const makeDataFolder = (folder: string): void =>
  translated(`the folder ${folder}`, () => makeFolder(folder));

/** Throws STORE_FULL when the disk of the folder has hardly any room. */
export const checkRoom = (folder: string): void => {
  const { bavail, bsize } = statfsSync(folder);
  const freeBytes = bavail * bsize;
  if (freeBytes >= freeBytesMin) return;
  const message = `the store has ${freeBytes} bytes of room left; it needs ${freeBytesMin}`;
  throw new LogServiceError("STORE_FULL", message, { retryAfterMs: 10_000 });
};

/** The bytes of all files in the folder. */
export const bytesIn = (folder: string): number =>
  readdirSync(folder)
    // A file may go away between the listing and this.
    .map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0);
