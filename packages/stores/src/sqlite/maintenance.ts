import { join } from "node:path";
import {
  idToBytes,
  type MergedChunk,
  type Position,
  type Replacement,
  type ReplaceOutcome,
  type TenantDay,
  type TimeRange,
} from "@log-service/core";
import { assertReplaceable } from "../chunk-rules.ts";
import type { ArrivalNumbers } from "./arrivals.ts";
import { type Day, type DayFile, dayOf, startOfDay } from "./day.ts";
import type { DayCatalogue } from "./day-catalogue.ts";
import type { DayDatabase } from "./day-database.ts";
import { isDamage } from "./errors.ts";
import { createExpiry } from "./expiry.ts";
import type { OpenFiles } from "./open-files.ts";
import { createPurge } from "./purge.ts";
import type { Bounds, RunningScans } from "./running-scans.ts";
import { scrubTables } from "./scrub.ts";

/** For so long after they were replaced the bytes of a chunk can be read, by whoever has found it before. */
export const replacedKeptMs = 60_000;

/** What one step does at most: some milliseconds, in which nothing else runs. */
const chunksPerStep = 200;
const pagesPerStep = 256;

/** New chunks take free pages first; so many pages are not worth the work of giving them back while a day is written. */
const pagesKept = 1024;

export interface MaintenanceDeps {
  readonly folder: string;
  readonly catalogue: DayCatalogue;
  readonly open: OpenFiles;
  readonly read: <T>(file: DayFile, step: (database: DayDatabase) => T) => T;
  /** Throws when chunks can no longer be made durable. */
  readonly assertWritable: () => void;
  readonly sync: (file: DayFile) => Promise<void>;
  readonly arrivals: Pick<ArrivalNumbers, "next" | "settled" | "markReplaced">;
  readonly scans: RunningScans;
  readonly clock: () => number;
  /** Lets other work of the process run, now and then. */
  readonly createPause: () => () => Promise<void>;
}

const placeOf = ({ time, id }: Position) => ({ time, id: idToBytes(id) });

const boundsOf = ({ meta }: Pick<MergedChunk, "meta">): Bounds => ({
  newest: placeOf({ time: meta.maxTime, id: meta.maxId }),
  oldest: placeOf({ time: meta.minTime, id: meta.minId }),
});

interface Parts extends MaintenanceDeps {
  /** Runs a step that writes, and syncs it; undefined where the file can only be read. */
  readonly write: <T>(file: DayFile, step: (database: DayDatabase) => T) => Promise<T | undefined>;
  readonly liveFile: (day: Day) => DayFile | undefined;
  /** Days that may have space to give back. */
  readonly unfinished: Set<Day>;
}

const createReplace = (parts: Parts) => {
  const { arrivals, scans, clock, write, liveFile, unfinished } = parts;
  return async (replacement: Replacement): Promise<ReplaceOutcome> => {
    assertReplaceable(replacement);
    const settled = arrivals.settled();
    const { tenant, old, chunks } = replacement;
    const day = dayOf(old[0]?.minTime ?? 0);
    const file = liveFile(day);
    if (file === undefined) return "gone";
    const bounds = [...old.map((meta) => boundsOf({ meta })), ...chunks.map(boundsOf)];
    if (scans.isBetween(tenant, bounds)) return "busy";
    arrivals.markReplaced(settled);
    const outcome = await write(file, ({ replaced, lastArrival }) => {
      const floor = lastArrival();
      const nextNumber = () => arrivals.next(floor);
      return replaced.replace({ tenant, old, chunks, settled, now: clock(), nextNumber });
    });
    if (outcome === "replaced") unfinished.add(day);
    return outcome ?? "gone";
  };
};

/** Up to when bytes must have been replaced for nobody to ask for them. */
const unreadTo = ({ clock, scans }: Pick<MaintenanceDeps, "clock" | "scans">): number => {
  const now = clock();
  return Math.min(now - replacedKeptMs, scans.oldestSince(now) - 1);
};

/** Does one step in the first file that needs one; false when none does for now. */
const createReclaim = (parts: Parts) => async (): Promise<boolean> => {
  const { read, clock, createPause, write, liveFile, unfinished } = parts;
  const pause = createPause();
  const now = clock();
  const until = unreadTo(parts);
  for (const day of unfinished) {
    await pause();
    const file = liveFile(day);
    const kept = day === dayOf(now) ? pagesKept : 0;
    const need = file && read(file, ({ replaced }) => replaced.needs(until, kept));
    if (file === undefined || need === "nothing") unfinished.delete(day);
    else if (need !== "time") {
      await write(file, ({ replaced }) =>
        need === "sweep" ? replaced.sweep(until, chunksPerStep) : replaced.shrink(pagesPerStep),
      );
      return true;
    }
  }
  return false;
};

const createTenants = ({ catalogue, read, createPause, liveFile }: Parts) =>
  async function* (range: TimeRange): AsyncGenerator<TenantDay> {
    const pause = createPause();
    const namesOf = (file: DayFile): string[] => {
      try {
        return read(file, ({ tenantNames }) => tenantNames());
      } catch (error) {
        // It is reported; its chunks cannot be replaced.
        if (isDamage(error)) return [];
        throw error;
      }
    };
    for (const day of catalogue.days()) {
      const [from, to] = [startOfDay(day), startOfDay(day + 1)];
      if (to <= range.from || from >= range.to) continue;
      await pause();
      const file = liveFile(day);
      for (const tenant of file ? namesOf(file) : []) yield { tenant, from, to };
    }
  };

/** What is done to files beside putting and reading: replacing chunks, deleting them, giving space back. */
export const createMaintenance = (deps: MaintenanceDeps) => {
  const { folder, catalogue, open, read, assertWritable, sync, arrivals } = deps;
  const write: Parts["write"] = async (file, step) => {
    assertWritable();
    const opened = open.get(file);
    if (opened.isReadOnly) return undefined;
    const result = read(file, step);
    opened.isWritten = true;
    await sync(file);
    return result;
  };
  const scrub = (file: DayFile): void => {
    assertWritable();
    const roots = read(file, ({ checkpoint, contentRoots }) => {
      checkpoint();
      return contentRoots();
    });
    // What SQLite has in memory of a page would be written over it.
    open.close(file);
    scrubTables(join(folder, file.name), roots);
  };
  const liveFile = (day: Day): DayFile | undefined =>
    catalogue.filesOf(day).find((file) => file.damaged === undefined);
  // An earlier process may have left something in any of them.
  const parts: Parts = { ...deps, write, liveFile, unfinished: new Set(catalogue.days()) };
  return {
    /** Whether the chunk with this number can be replaced now. */
    isReplaceable: (file: DayFile, arrival: number): boolean =>
      file.damaged === undefined && arrival <= arrivals.settled(),
    replace: createReplace(parts),
    reclaim: createReclaim(parts),
    expire: createExpiry({ ...parts, onFreed: (day) => void parts.unfinished.add(day) }),
    tenants: createTenants(parts),
    purge: createPurge({ ...parts, scrub, chunksPerStep, unreadTo: () => unreadTo(parts) }),
  };
};

export type Maintenance = ReturnType<typeof createMaintenance>;
