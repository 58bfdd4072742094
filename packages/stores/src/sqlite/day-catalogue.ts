import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chunkSchema } from "./chunk-row.ts";
import {
  type Day,
  type DayFile,
  dayFile,
  describeDayFile,
  isUnfinished,
  parseDayFile,
} from "./day.ts";
import { filtersSchema } from "./filters.ts";
import type { StoreLog } from "./log.ts";
import { replacedSchema } from "./replaced.ts";
import { createDatabase } from "./schema.ts";
import { moveDatabase, publishFile } from "./sync.ts";

const daySchema = `${chunkSchema}; ${replacedSchema}; ${filtersSchema}`;

const listFiles = (folder: string): Map<Day, DayFile[]> => {
  const names = readdirSync(folder);
  // What has this name was being made when its process ended: it holds no chunk yet.
  for (const name of names.filter(isUnfinished)) rmSync(join(folder, name));
  const files = names.map(parseDayFile).filter((file) => file !== undefined);
  return Map.groupBy(files, (file) => file.day);
};

/** Knows which files the days have, and which of them are damaged. It opens none of them. */
export const createDayCatalogue = (folder: string, log: StoreLog) => {
  const files = listFiles(folder);
  const damages = new Map<string, string>();

  const filesOf = (day: Day): readonly DayFile[] => files.get(day) ?? [];

  /** Logs each damaged file once. */
  const reportDamage = (file: DayFile, cause: unknown): void => {
    if (damages.has(file.name)) return;
    damages.set(file.name, describeDayFile(file));
    log.error(`${describeDayFile(file)} cannot be read, at least in part`, { cause });
  };

  return {
    filesOf,
    reportDamage,
    /** The days that have a file, ascending. */
    days: (): Day[] => [...files.keys()].sort((a, b) => a - b),
    damagedParts: (): readonly string[] => [...damages.values()],

    /** The day's file for new chunks; it is made when the day has none. */
    liveFile: (day: Day): DayFile => {
      const live = filesOf(day).find((file) => file.damaged === undefined);
      if (live !== undefined) return live;
      const created = dayFile(day);
      const path = join(folder, created.name);
      publishFile(path, (unfinished) => createDatabase(unfinished, daySchema));
      files.set(day, [...filesOf(day), created]);
      return created;
    },

    /** Forgets a file that is about to be deleted. */
    remove: (file: DayFile): void => {
      const others = filesOf(file.day).filter(({ name }) => name !== file.name);
      if (others.length > 0) files.set(file.day, others);
      else files.delete(file.day);
      damages.delete(file.name);
    },

    /**
     * Renames the day's damaged file, which must be closed: it stays readable where it can be read, and new chunks get
     * a new file.
     */
    setAside: (live: DayFile, cause: unknown): void => {
      const others = filesOf(live.day).filter((file) => file.damaged !== undefined);
      const aside = dayFile(live.day, 1 + Math.max(0, ...others.map((file) => file.damaged ?? 0)));
      const isThere = moveDatabase(join(folder, live.name), join(folder, aside.name));
      files.set(live.day, isThere ? [...others, aside] : others);
      damages.delete(live.name);
      reportDamage(isThere ? aside : live, cause);
    },
  };
};

export type DayCatalogue = ReturnType<typeof createDayCatalogue>;
