import type { DatabaseSync } from "node:sqlite";
import type { PutOutcome, TenantChunk } from "@log-service/core";
import type { Day, DayFile } from "./day.ts";
import { createDayCatalogue } from "./day-catalogue.ts";
import type { DayDatabase, FoundChunk } from "./day-database.ts";
import { DamagedFileError, isDamage, isHandleLost } from "./errors.ts";
import type { StoreLog } from "./log.ts";
import { createOpenFiles, type OpenFiles } from "./open-files.ts";

export interface DayFilesDeps {
  readonly folder: string;
  readonly log: StoreLog;
  /** The next number in the order of arrival, above `floor`. */
  readonly nextArrival: (floor: number) => number;
  readonly onOpen?: ((database: DatabaseSync) => void) | undefined;
}

const write = (
  open: OpenFiles,
  { file, chunks }: { file: DayFile; chunks: readonly TenantChunk[] },
  nextArrival: DayFilesDeps["nextArrival"],
): PutOutcome[] => {
  const opened = open.get(file);
  if (opened.isReadOnly) throw new DamagedFileError("the file can only be read");
  try {
    // Asked again after each emptying of the log, which is cheap.
    const floor = opened.isWritten ? 0 : opened.database.lastArrival();
    const outcomes = opened.database.put(chunks, () => nextArrival(floor));
    opened.isWritten = true;
    return outcomes;
  } catch (error) {
    if (isHandleLost(error)) open.close(file);
    throw error;
  }
};

/** The files of a folder, as the store uses them. */
export const createDayFiles = ({ folder, log, nextArrival, onOpen }: DayFilesDeps) => {
  const catalogue = createDayCatalogue(folder, log);
  const { filesOf, reportDamage } = catalogue;
  const open = createOpenFiles({ folder, log, onDamage: reportDamage, onOpen });

  const read = <T>(file: DayFile, step: (database: DayDatabase) => T): T => {
    const { database } = open.get(file);
    try {
      return step(database);
    } catch (error) {
      if (isDamage(error)) reportDamage(file, error);
      else if (isHandleLost(error)) open.close(file);
      throw error;
    }
  };

  /** Writes to the day's file, or to a new one when that is damaged: a bad file never stops the ingest. */
  const writeLive = (day: Day, chunks: readonly TenantChunk[]): PutOutcome[] => {
    const file = catalogue.liveFile(day);
    try {
      return write(open, { file, chunks }, nextArrival);
    } catch (error) {
      if (!isDamage(error)) throw error;
      open.close(file);
      catalogue.setAside(file, error);
      return write(open, { file: catalogue.liveFile(day), chunks }, nextArrival);
    }
  };

  /** Finds a chunk in one file, without its index when that is damaged. */
  const find = (file: DayFile, tenant: string, id: string): FoundChunk | undefined => {
    try {
      return read(file, (database) => database.find(tenant, id, "index"));
    } catch (error) {
      if (!isDamage(error)) throw error;
      return read(file, (database) => database.find(tenant, id, "table"));
    }
  };

  /** The outcome for a chunk that lies in one of the day's files that were set aside. */
  const outcomeAside = (file: DayFile, { tenant, meta }: TenantChunk): PutOutcome | undefined => {
    try {
      const there = find(file, tenant, meta.id);
      if (there === undefined) return undefined;
      return there.meta.digest === meta.digest ? "present" : "conflict";
    } catch {
      // It cannot be known, and to refuse new chunks for that would make one bad file stop the day.
      return undefined;
    }
  };

  return {
    filesOf,
    days: catalogue.days,
    damagedParts: catalogue.damagedParts,
    reportDamage,
    read,
    find,

    /** Stores the chunks of one day in one transaction. */
    put: (day: Day, chunks: readonly TenantChunk[]): PutOutcome[] => {
      const aside = filesOf(day).filter((file) => file.damaged !== undefined);
      if (aside.length === 0) return writeLive(day, chunks);
      const outcomes = chunks.map((chunk) =>
        aside.map((file) => outcomeAside(file, chunk)).find((outcome) => outcome !== undefined),
      );
      const missing = chunks.filter((_, index) => outcomes[index] === undefined);
      const stored = missing.length === 0 ? [] : writeLive(day, missing);
      return outcomes.map((outcome) => outcome ?? stored.shift() ?? "stored");
    },

    checkpoint: open.checkpoint,
    close: open.closeAll,
  };
};

export type DayFiles = ReturnType<typeof createDayFiles>;
