import type { PurgeRequest } from "@log-service/core";
import { type Day, type DayFile, describeDayFile, startOfDay } from "./day.ts";
import type { DayCatalogue } from "./day-catalogue.ts";
import type { DayDatabase } from "./day-database.ts";
import { DamagedFileError, isDamage } from "./errors.ts";

interface PurgeDeps {
  readonly catalogue: Pick<DayCatalogue, "days">;
  readonly liveFile: (day: Day) => DayFile | undefined;
  readonly read: <T>(file: DayFile, step: (database: DayDatabase) => T) => T;
  /** Runs a step that writes, and syncs it; undefined where the file can only be read. */
  readonly write: <T>(file: DayFile, step: (database: DayDatabase) => T) => Promise<T | undefined>;
  /** Overwrites what SQLite has left of rows that it moved. */
  readonly scrub: (file: DayFile) => void;
  readonly clock: () => number;
  readonly createPause: () => () => Promise<void>;
  readonly chunksPerStep: number;
  /** Up to when bytes must have been replaced for nobody to ask for them. */
  readonly unreadTo: () => number;
}

/**
 * Deletes the bytes of replaced chunks, which overwrites them (`secure_delete`), empties the log, which may hold them
 * too, and overwrites copies in places that they were moved from. What is freed stays in the file as zeros, for `reclaim`
 * to cut off.
 */
export const createPurge = (deps: PurgeDeps) => {
  const { catalogue, clock, read, write, scrub, liveFile, createPause } = deps;
  const { chunksPerStep, unreadTo } = deps;

  const purgeFile = async (
    file: DayFile,
    replacedTo: number,
    pause: () => Promise<void>,
  ): Promise<"done" | "later"> => {
    const now = clock();
    if (read(file, ({ replaced }) => replaced.isAhead(now)))
      await write(file, ({ replaced }) => replaced.dateBack(now));
    for (let swept = chunksPerStep; swept === chunksPerStep; await pause()) {
      const until = Math.min(replacedTo, unreadTo());
      const count = await write(file, ({ replaced }) => replaced.sweep(until, chunksPerStep));
      if (count === undefined) throw new DamagedFileError("the file can only be read");
      swept = count;
    }
    if (read(file, ({ replaced }) => replaced.holds(replacedTo))) return "later";
    scrub(file);
    return "done";
  };

  return async (request: PurgeRequest, begin: () => void): Promise<"done" | "later"> => {
    const { from, to, replacedTo, onDamage } = request;
    const pause = createPause();
    let outcome: "done" | "later" = "done";
    for (const day of catalogue.days()) {
      const file = liveFile(day);
      const isInRange = startOfDay(day + 1) > from && startOfDay(day) < to;
      if (file === undefined || !isInRange) continue;
      await pause();
      begin();
      try {
        if ((await purgeFile(file, replacedTo, pause)) === "later") outcome = "later";
      } catch (cause) {
        if (!isDamage(cause)) throw cause;
        onDamage({ part: describeDayFile(file), cause });
      }
    }
    return outcome;
  };
};
