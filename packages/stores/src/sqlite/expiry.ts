import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ExpiryTimes } from "@log-service/core";
import { type Day, type DayFile, startOfDay } from "./day.ts";
import type { DayCatalogue } from "./day-catalogue.ts";
import type { DayDatabase } from "./day-database.ts";
import { isDamage } from "./errors.ts";
import type { OpenFiles } from "./open-files.ts";
import type { RunningScans } from "./running-scans.ts";
import { syncFolder } from "./sync.ts";

/** What one step does at most: some milliseconds, in which nothing else runs. */
const rowsPerStep = 200;

interface ExpiryDeps {
  readonly folder: string;
  readonly catalogue: DayCatalogue;
  readonly open: OpenFiles;
  readonly read: <T>(file: DayFile, step: (database: DayDatabase) => T) => T;
  readonly write: <T>(file: DayFile, step: (database: DayDatabase) => T) => Promise<T | undefined>;
  readonly scans: RunningScans;
  readonly clock: () => number;
  /** Called with each day of which a part was deleted. */
  readonly onFreed: (day: Day) => void;
}

/** Deletes a file with its log. What a crash leaves of them is deleted by the next expiry, or is a log without a file. */
const removeFile = (folder: string, { name }: DayFile): void => {
  // The log first: one that stayed behind would be taken for the log of a new file of this name.
  for (const path of [`${name}-wal`, name].map((one) => join(folder, one)))
    if (existsSync(path)) rmSync(path);
  syncFolder(folder);
};

/** Deletes chunks of days that have expired as a whole. */
export const createExpiry = (deps: ExpiryDeps) => {
  const { folder, catalogue, open, read, write, scans, clock, onFreed } = deps;

  /** Deletes all chunks of a tenant, in steps. */
  const empty = async (file: DayFile, tenant: string): Promise<number> => {
    let count = 0;
    for (let isMore = true; isMore; ) {
      const deleted = await write(file, ({ replaced }) =>
        replaced.empty(tenant, rowsPerStep, clock()),
      );
      count += deleted?.chunks ?? 0;
      isMore = deleted?.isMore ?? false;
    }
    return count;
  };

  /** Who has lost everything in a file already: nobody stores what has expired. */
  const emptied = new Map<string, Set<string>>();

  const expireTenants = async (file: DayFile, tenants: readonly string[]): Promise<number> => {
    const done = emptied.get(file.name) ?? new Set();
    emptied.set(file.name, done);
    let count = 0;
    for (const tenant of tenants.filter((one) => !done.has(one))) {
      count += await empty(file, tenant);
      done.add(tenant);
    }
    if (count > 0) onFreed(file.day);
    return count;
  };

  const expireFile = async (file: DayFile, { of }: ExpiryTimes): Promise<number> => {
    const end = startOfDay(file.day + 1);
    // Asked anew each time: somebody may have stored old entries meanwhile.
    const tenants = read(file, ({ tenantNames }) => tenantNames());
    const expired = tenants.filter((tenant) => end <= of(tenant));
    if (expired.length < tenants.length) return expireTenants(file, expired);
    // Another time: a scan would take the missing file for a damaged one.
    if (scans.touches(startOfDay(file.day), end)) return 0;
    const count = read(file, (database) => database.countChunks());
    open.close(file);
    catalogue.remove(file);
    emptied.delete(file.name);
    removeFile(folder, file);
    return count;
  };

  /**
   * Deletes what has expired for everyone as files, and other chunks in steps. A file that cannot be read at all stays: nobody
   * knows whose it is.
   */
  return async (times: ExpiryTimes): Promise<number> => {
    let count = 0;
    for (const day of catalogue.days().filter((one) => startOfDay(one + 1) <= times.latest))
      for (const file of catalogue.filesOf(day)) {
        try {
          count += await expireFile(file, times);
        } catch (error) {
          if (!isDamage(error)) throw error;
        }
      }
    return count;
  };
};
