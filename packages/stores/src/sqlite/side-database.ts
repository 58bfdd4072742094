import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { isDamage, translated } from "./errors.ts";
import { type StoreLog, silentLog } from "./log.ts";
import { createDatabase, openDatabase } from "./schema.ts";
import { moveDatabase, publishFile } from "./sync.ts";

interface SideDatabaseOptions {
  /** The folder of a `SqliteStore` that is open: it is its owner. */
  readonly folder: string;
  /** Of the file, without `.db`. */
  readonly name: string;
  readonly schema: string;
  /** What is lost with a damaged file, as the log tells it. */
  readonly consequence: string;
  readonly log?: StoreLog | undefined;
}

/** Opens a file beside the days, so that it and they cannot harm each other. A damaged one is set aside and logged. */
export const openSideDatabase = (options: SideDatabaseOptions): DatabaseSync => {
  const { folder, name, schema, consequence, log = silentLog } = options;
  const path = join(folder, `${name}.db`);
  const create = () => publishFile(path, (unfinished) => createDatabase(unfinished, schema));
  return translated(`the ${name}`, () => {
    if (!existsSync(path)) create();
    try {
      return openDatabase(path, "FULL");
    } catch (cause) {
      if (!isDamage(cause)) throw cause;
      const aside = `${name}.damaged-${Date.now()}.db`;
      moveDatabase(path, join(folder, aside));
      log.error(`${name}.db is damaged; it is now ${aside}, and ${consequence}`, { cause });
      create();
      return openDatabase(path, "FULL");
    }
  });
};
