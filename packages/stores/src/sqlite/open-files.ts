import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { type DayFile, describeDayFile } from "./day.ts";
import { createDayDatabase, type DayDatabase } from "./day-database.ts";
import { isDamage } from "./errors.ts";
import type { StoreLog } from "./log.ts";
import { openDamagedDatabase, openDatabase } from "./schema.ts";

/** How many files are open at once; a year has 365. Each holds up to 2 MB of pages. */
export const openFilesMax = 16;

export interface OpenFile {
  readonly file: DayFile;
  readonly database: DayDatabase;
  /** Whether it could only be opened as a damaged file. It is read then, and never written. */
  readonly isReadOnly: boolean;
  /** Whether its log may hold something. */
  isWritten: boolean;
}

export interface OpenFilesDeps {
  readonly folder: string;
  readonly log: StoreLog;
  readonly onDamage: (file: DayFile, cause: unknown) => void;
  /** For tests, which limit the size of a file with it. */
  readonly onOpen?: ((database: DatabaseSync) => void) | undefined;
  readonly syncLog: (databasePath: string) => Promise<void>;
}

const createOpenFile = (file: DayFile, database: DatabaseSync, isReadOnly: boolean): OpenFile => {
  try {
    return { file, database: createDayDatabase(database), isReadOnly, isWritten: false };
  } catch (error) {
    database.close();
    throw error;
  }
};

/** Opens files when they are needed, and closes those that were not needed for longest. */
export const createOpenFiles = (deps: OpenFilesDeps) => {
  const { folder, log, onDamage, onOpen, syncLog } = deps;
  /** The least recently used first. */
  const open = new Map<string, OpenFile>();

  const close = ({ file, database }: OpenFile): void => {
    open.delete(file.name);
    try {
      database.close();
    } catch (cause) {
      log.warn(`${describeDayFile(file)} did not close`, { cause });
    }
  };

  const openOne = (file: DayFile): OpenFile => {
    const path = join(folder, file.name);
    try {
      const database = openDatabase(path, "NORMAL");
      onOpen?.(database);
      return createOpenFile(file, database, file.damaged !== undefined);
    } catch (error) {
      if (!isDamage(error)) throw error;
      onDamage(file, error);
      return createOpenFile(file, openDamagedDatabase(path), true);
    }
  };

  return {
    get: (file: DayFile): OpenFile => {
      const there = open.get(file.name);
      if (there === undefined && open.size >= openFilesMax) {
        const [oldest] = open.values();
        if (oldest !== undefined) close(oldest);
      }
      const opened = there ?? openOne(file);
      open.delete(file.name);
      open.set(file.name, opened);
      return opened;
    },

    close: (file: DayFile): void => {
      const opened = open.get(file.name);
      if (opened !== undefined) close(opened);
    },

    /** Makes durable what was written to the file so far. */
    sync: async (file: DayFile): Promise<void> => {
      // A log that was emptied, or whose file was closed, has been copied into the file and synced.
      if (open.get(file.name)?.isWritten === true) await syncLog(join(folder, file.name));
    },

    /** Empties the logs of the files that were written since the last time. */
    checkpoint: (): void => {
      for (const opened of open.values()) {
        if (opened.isWritten) opened.database.checkpoint();
        opened.isWritten = false;
      }
    },

    closeAll: (): void => {
      for (const opened of [...open.values()]) close(opened);
    },
  };
};

export type OpenFiles = ReturnType<typeof createOpenFiles>;
