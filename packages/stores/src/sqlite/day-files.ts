import type { DatabaseSync } from "node:sqlite";
import { chunkIdOf, indexOfLogId, type PutOutcome, type TenantChunk } from "@log-service/core";
import type { ArrivalNumbers } from "./arrivals.ts";
import type { Day, DayFile } from "./day.ts";
import { createDayCatalogue, type DayCatalogue } from "./day-catalogue.ts";
import type { DayDatabase, FoundChunk, Path } from "./day-database.ts";
import { DamagedFileError, isDamage, isHandleLost } from "./errors.ts";
import type { StoreLog } from "./log.ts";
import { createMaintenance } from "./maintenance.ts";
import { createOpenFiles, type OpenFiles } from "./open-files.ts";
import type { RunningScans } from "./running-scans.ts";

export interface DayFilesDeps {
  readonly folder: string;
  readonly log: StoreLog;
  readonly arrivals: Pick<ArrivalNumbers, "next" | "onStored" | "settled" | "markReplaced">;
  readonly scans: RunningScans;
  readonly clock: () => number;
  readonly createPause: () => () => Promise<void>;
  readonly onOpen?: ((database: DatabaseSync) => void) | undefined;
  readonly syncLog: (databasePath: string) => Promise<void>;
}

interface Parts {
  readonly catalogue: DayCatalogue;
  readonly open: OpenFiles;
}

const createReads = ({ catalogue, open }: Parts) => {
  const { filesOf, reportDamage } = catalogue;

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

  /** Reads by an index, or without it when that is damaged. */
  const readEither = <T>(file: DayFile, step: (database: DayDatabase, path: Path) => T): T => {
    try {
      return read(file, (database) => step(database, "index"));
    } catch (error) {
      if (!isDamage(error)) throw error;
      return read(file, (database) => step(database, "table"));
    }
  };

  return {
    read,
    readEither,

    /** Finds the chunk that has the entry, or undefined. */
    findEntry: (file: DayFile, tenant: string, logId: string): FoundChunk | undefined => {
      const id = chunkIdOf(logId);
      const chunk = readEither(file, (database, path) => database.find(tenant, id, path));
      if (chunk === undefined) return read(file, ({ replaced }) => replaced.find(tenant, logId));
      return indexOfLogId(id, logId) < chunk.meta.count ? chunk : undefined;
    },

    /** Reads a chunk's filter; undefined also where it cannot be read, since the chunk itself can be asked instead. */
    filter: (file: DayFile, arrival: number): Uint8Array | undefined => {
      try {
        return read(file, ({ replaced }) => replaced.filterOf(arrival));
      } catch {
        return undefined;
      }
    },

    /**
     * Reads a chunk's bytes. Its file may have been set aside under another name since the chunk was found; arrivals are
     * never given out twice, so that another file of the day has the same chunk or none.
     */
    bytes: (file: DayFile, arrival: number): Uint8Array => {
      const others = filesOf(file.day).filter(({ name }) => name !== file.name);
      let failure: unknown;
      for (const candidate of [file, ...others]) {
        try {
          const found = read(candidate, (database) => database.bytes(arrival));
          if (found !== undefined) return found;
        } catch (error) {
          failure = error;
        }
      }
      failure ??= new DamagedFileError("the bytes of a chunk are missing");
      reportDamage(file, failure);
      throw failure;
    },
  };
};

type Reads = ReturnType<typeof createReads>;

/** The highest number in the order of arrival of a file, 0 where it cannot be read. */
const lastIn = (reads: Reads, file: DayFile): number => {
  try {
    return reads.read(file, (database) => database.lastArrival());
  } catch {
    return 0;
  }
};

/** The outcome for a chunk that lies in a file that was set aside; undefined when it is not there. */
const outcomeAside = (reads: Reads, file: DayFile, chunk: TenantChunk): PutOutcome | undefined => {
  try {
    return reads.readEither(file, (database, path) => database.outcomeOf(chunk, path));
  } catch {
    // It cannot be known, and to refuse new chunks for that would make one bad file stop the day.
    return undefined;
  }
};

/**
 * Syncs what was put. After a sync that failed nobody knows what is on the disk, and a second one may succeed without having
 * written anything (https://www.postgresql.org/docs/current/runtime-config-error-handling.html, `data_sync_retry`): the
 * store takes nothing more until it is opened again, which reads the logs anew.
 */
const createSync = (open: OpenFiles) => {
  let failure: { readonly cause: unknown } | undefined;
  return {
    assertTrusted: (): void => {
      if (failure !== undefined) throw failure.cause;
    },
    run: async (file: DayFile): Promise<void> => {
      try {
        await open.sync(file);
      } catch (cause) {
        failure = { cause };
        throw cause;
      }
    },
  };
};

type Sync = ReturnType<typeof createSync>;

const createPut = (
  parts: Parts & { readonly sync: Sync },
  reads: Reads,
  arrivals: DayFilesDeps["arrivals"],
) => {
  const { catalogue, open, sync } = parts;

  const write = (file: DayFile, chunks: readonly TenantChunk[]): PutOutcome[] => {
    const opened = open.get(file);
    if (opened.isReadOnly) throw new DamagedFileError("the file can only be read");
    try {
      // Asked again after each emptying of the log, which is cheap.
      const floor = opened.isWritten ? 0 : opened.database.lastArrival();
      const outcomes = opened.database.put(chunks, () => arrivals.next(floor));
      opened.isWritten = true;
      arrivals.onStored(file.name, chunks);
      return outcomes;
    } catch (error) {
      if (isHandleLost(error)) open.close(file);
      throw error;
    }
  };

  /** Writes what the day's files that were set aside do not have to the live one. */
  const putOnce = (live: DayFile, chunks: readonly TenantChunk[]): PutOutcome[] => {
    const aside = catalogue.filesOf(live.day).filter((file) => file.damaged !== undefined);
    if (aside.length === 0) return write(live, chunks);
    const outcomes = chunks.map((chunk) =>
      aside
        .map((file) => outcomeAside(reads, file, chunk))
        .find((outcome) => outcome !== undefined),
    );
    const missing = chunks.filter((_, index) => outcomes[index] === undefined);
    const stored = missing.length === 0 ? [] : write(live, missing);
    return outcomes.map((outcome) => outcome ?? stored.shift() ?? "stored");
  };

  /** In a new file when the day's is damaged. */
  const putSomewhere = (day: Day, chunks: readonly TenantChunk[]): PutOutcome[] => {
    const live = catalogue.liveFile(day);
    try {
      return putOnce(live, chunks);
    } catch (error) {
      if (!isDamage(error)) throw error;
      open.close(live);
      catalogue.setAside(live, error);
      // What arrived in the file has gone to one of these names.
      for (const file of catalogue.filesOf(day)) arrivals.onStored(file.name, []);
      return putOnce(catalogue.liveFile(day), chunks);
    }
  };

  /**
   * Stores the chunks of one day in one transaction. They can be found at once and are durable when the promise resolves,
   * those that were there already too: whoever put them may still be waiting for that.
   */
  return async (day: Day, chunks: readonly TenantChunk[]): Promise<PutOutcome[]> => {
    sync.assertTrusted();
    const outcomes = putSomewhere(day, chunks);
    await sync.run(catalogue.liveFile(day));
    return outcomes;
  };
};

/** The files of a folder, as the store uses them. */
export const createDayFiles = (deps: DayFilesDeps) => {
  const { folder, log, arrivals, onOpen, syncLog } = deps;
  const catalogue = createDayCatalogue(folder, log);
  const { filesOf, days, damagedParts, reportDamage } = catalogue;
  const open = createOpenFiles({ folder, log, onDamage: reportDamage, onOpen, syncLog });
  const reads = createReads({ catalogue, open });
  const sync = createSync(open);
  return {
    ...reads,
    filesOf,
    days,
    damagedParts,
    reportDamage,
    put: createPut({ catalogue, open, sync }, reads, arrivals),
    maintenance: createMaintenance({
      ...deps,
      catalogue,
      open,
      read: reads.read,
      assertWritable: sync.assertTrusted,
      sync: sync.run,
    }),
    /** The highest number in the order of arrival over all files that can be read; it opens each of them. */
    lastArrival: (): number =>
      days()
        .flatMap(filesOf)
        .reduce((highest, file) => Math.max(highest, lastIn(reads, file)), 0),
    /** Throws when chunks can no longer be made durable. */
    assertWritable: sync.assertTrusted,
    // What is copied from a log comes from memory, and may not be what was written.
    checkpoint: () => {
      sync.assertTrusted();
      open.checkpoint();
    },
    close: open.closeAll,
  };
};

export type DayFiles = ReturnType<typeof createDayFiles>;
