import { resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import {
  type CallOptions,
  type ChunkStore,
  chunkBytesMax,
  isLogId,
  LogServiceError,
  type PutOutcome,
  type ScanRequest,
  type StoredChunk,
  type TenantChunk,
  timeOfId,
} from "@log-service/core";
import { createListeners } from "../arrival-listeners.ts";
import { assertStorable } from "../chunk-rules.ts";
import { printPosition } from "../scan-position.ts";
import { createArrivals } from "./arrivals.ts";
import { type DayFile, dayOf, describeDayFile } from "./day.ts";
import type { FoundChunk } from "./day-database.ts";
import { createDayFiles, type DayFiles } from "./day-files.ts";
import { isBusy, toStoreError, translated } from "./errors.ts";
import { bytesIn, checkRoom, makeFolder } from "./folder.ts";
import { type StoreLog, silentLog } from "./log.ts";
import { openMetaDatabase } from "./meta-database.ts";
import { takeOwnership } from "./owner-lock.ts";
import { readArrivals } from "./read-arrivals.ts";
import { createReservationQueue } from "./reservation-queue.ts";
import { createRunningScans } from "./running-scans.ts";
import { boundOf, scanDays } from "./scan.ts";
import { syncLog } from "./sync.ts";
import { createIdleTask, createPause } from "./turns.ts";
import { createUpkeep } from "./upkeep.ts";

export interface SqliteStoreOptions {
  /** Where the files live; it is made when it is missing. One process owns it. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly clock?: (() => number) | undefined;
  readonly log?: StoreLog | undefined;
  /** Called with the database of each day that is opened; tests limit its size with it. */
  readonly onOpen?: ((database: DatabaseSync) => void) | undefined;
  /** Makes the log of a database durable; tests make it fail. */
  readonly syncLog?: ((databasePath: string) => Promise<void>) | undefined;
}

export interface SqliteStore extends ChunkStore {
  /** The bytes of all files in the folder, logs included. */
  diskBytes(): number;
  /** What was found to be damaged since the store was opened, as in "the day 2026-11-22 (2026-11-22.db)". */
  damagedParts(): readonly string[];
}

/** How long nobody must have written before the logs are emptied into their files. */
const idleMs = 1000;

/** What the message of an error names: it goes to callers, who need not know the folder. */
const place = "the store";

const openParts = (options: SqliteStoreOptions) => {
  const { clock = Date.now, log = silentLog, onOpen } = options;
  const syncing = { syncLog: options.syncLog ?? syncLog };
  const folder = resolve(options.folder);
  return translated(`the folder ${folder}`, () => {
    makeFolder(folder);
    using opened = new DisposableStack();
    const owner = takeOwnership(folder);
    opened.defer(() => owner.close());
    const meta = openMetaDatabase({ folder, clock, log });
    opened.defer(() => meta.close());
    const arrivals = createArrivals(meta, clock);
    const scans = createRunningScans();
    const parts = { folder, log, arrivals, scans, clock, createPause };
    const files = createDayFiles({ ...parts, onOpen, ...syncing });
    opened.defer(() => files.close());
    // A new meta.db knows no numbers; the files of the one before do.
    if (arrivals.last() === 0) arrivals.startAbove(files.lastArrival());
    const queue = createReservationQueue((reservations) => meta.reserve(reservations));
    const listeners = createListeners();
    return { ...parts, meta, files, queue, listeners, closing: opened.move() };
  });
};

/** The chunk's bytes are read when they are asked for: most chunks of a scan are told by their metadata. */
const createToStored =
  (files: DayFiles, begin: (options: CallOptions | undefined) => void) =>
  (file: DayFile, chunk: FoundChunk, order: ScanRequest["order"]): StoredChunk => {
    const bound = boundOf(chunk, order);
    return {
      meta: chunk.meta,
      bound,
      position: printPosition(order, bound),
      filter: async (options) => {
        begin(options);
        return files.filter(file, chunk.arrival);
      },
      bytes: async (options) => {
        begin(options);
        const describe = () => `the chunk ${chunk.meta.id} of ${describeDayFile(file)}`;
        return translated(describe, () => files.bytes(file, chunk.arrival));
      },
    };
  };

const findEntry = (files: DayFiles, tenant: string, logId: string) => {
  let failure: unknown;
  for (const file of files.filesOf(dayOf(timeOfId(logId)))) {
    try {
      const chunk = files.findEntry(file, tenant, logId);
      if (chunk !== undefined) return { file, chunk };
    } catch (error) {
      if (isBusy(error)) throw error;
      failure ??= toStoreError(error, describeDayFile(file));
    }
  }
  // Only a day that could be read can say that the entry is not there.
  if (failure !== undefined) throw failure;
  return undefined;
};

const putDays = async (
  files: DayFiles,
  chunks: readonly TenantChunk[],
  beforeDay: () => void,
): Promise<PutOutcome[]> => {
  const numbered = chunks.map((chunk, index) => ({ chunk, index }));
  const byDay = Map.groupBy(numbered, ({ chunk }) => dayOf(chunk.meta.maxTime));
  const outcomes: PutOutcome[] = [];
  for (const [day, group] of byDay) {
    beforeDay();
    // A batch may touch thousands of days; other requests go on while one of them is synced.
    const ofDay = await files.put(
      day,
      group.map(({ chunk }) => chunk),
    );
    for (const [at, { index }] of group.entries()) outcomes[index] = ofDay[at] ?? "stored";
  }
  return outcomes;
};

/** Translates what a call throws; the reason of an abort stays as it is. */
const translateFor = (error: unknown, options: CallOptions | undefined): unknown =>
  options?.signal?.aborted && error === options.signal.reason ? error : toStoreError(error, place);

type Parts = ReturnType<typeof openParts> & {
  readonly begin: (options: CallOptions | undefined) => void;
  /** Tells that something was written. */
  readonly onWrite: () => void;
};

const createReads = ({
  files,
  arrivals,
  listeners,
  scans,
  clock,
  begin,
}: Parts): Pick<ChunkStore, "scan" | "get" | "arrivals" | "onArrival"> => {
  const toStored = createToStored(files, begin);
  return {
    arrivals: async (request, options) => {
      begin(options);
      const pause = createPause();
      const deps = { files, arrivals, toStored, pause, begin: () => begin(options) };
      try {
        return await readArrivals(deps, request);
      } catch (error) {
        throw translateFor(error, options);
      }
    },
    onArrival: listeners.add,
    scan: async function* (request, options) {
      begin(options);
      const pause = createPause();
      const deps = { files, scans, clock, toStored, pause, begin: () => begin(options) };
      try {
        yield* scanDays(deps, request);
      } catch (error) {
        throw translateFor(error, options);
      }
    },
    get: async (tenant, logId, options) => {
      begin(options);
      if (!isLogId(logId)) return undefined;
      const found = translated(place, () => findEntry(files, tenant, logId));
      return found === undefined ? undefined : toStored(found.file, found.chunk, "newest");
    },
  };
};

const createWrites = (parts: Parts): Pick<ChunkStore, "put" | "reserve" | "check"> => {
  const { folder, files, meta, queue, listeners, begin, onWrite } = parts;
  return {
    put: async (chunks, options) => {
      begin(options);
      for (const chunk of chunks) assertStorable(chunk, chunkBytesMax);
      onWrite();
      try {
        const outcomes = await putDays(files, chunks, () => begin(options));
        listeners.tell(chunks.filter((_, index) => outcomes[index] === "stored"));
        return outcomes;
      } catch (error) {
        // Some days may have taken theirs.
        listeners.tell(chunks);
        throw translateFor(error, options);
      }
    },
    reserve: async (reservation, options) => {
      begin(options);
      onWrite();
      try {
        return await queue.reserve(reservation, options?.signal);
      } catch (error) {
        throw translateFor(error, options);
      }
    },
    check: async (options) => {
      begin(options);
      translated(place, () => {
        files.assertWritable();
        checkRoom(folder);
        meta.check();
      });
    },
  };
};

/**
 * Opens the store in a folder: one database for each UTC day and `meta.db`, as `docs/formats/sqlite.md` says. Rejects
 * with STORE_IN_USE when another process owns the folder, with STORE_UNAVAILABLE when it cannot be written.
 */
export const openSqliteStore = async (options: SqliteStoreOptions): Promise<SqliteStore> => {
  const opened = openParts(options);
  const { folder, log, meta, files, queue, closing } = opened;
  let isClosed = false;
  const idle = createIdleTask(idleMs, () => {
    try {
      files.checkpoint();
      meta.checkpoint();
    } catch (cause) {
      // Nothing is lost: the logs hold what could not be copied, and are copied later.
      log.warn("the logs of the store could not be emptied", { cause });
    }
  });
  const parts: Parts = {
    ...opened,
    begin: (call) => {
      call?.signal?.throwIfAborted();
      if (isClosed) throw new LogServiceError("SHUTTING_DOWN", "the store is closed");
    },
    onWrite: idle.postpone,
  };
  return {
    capabilities: {
      name: "sqlite",
      chunkBytesMax,
      arrivals: "exact",
      canReplace: true,
      canRewrite: false,
      expiry: "exact",
    },
    ...createReads(parts),
    ...createWrites(parts),
    ...createUpkeep({ ...parts, maintenance: files.maintenance, translate: translateFor }),
    diskBytes: () => translated(place, () => bytesIn(folder)),
    damagedParts: files.damagedParts,
    [Symbol.asyncDispose]: async () => {
      if (isClosed) return;
      isClosed = true;
      idle.cancel();
      queue.flush();
      closing.dispose();
    },
  };
};
