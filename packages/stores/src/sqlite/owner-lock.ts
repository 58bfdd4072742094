import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { LogServiceError } from "@log-service/core";
import { isBusy } from "./errors.ts";

const readOwner = (path: string): string => {
  try {
    const id = readFileSync(path, "utf8").trim();
    return /^\d+$/.test(id) ? `process ${id}` : "another process";
  } catch {
    return "another process";
  }
};

/**
 * Makes this process the owner of the folder until the result is closed; throws STORE_IN_USE when there is one. The lock
 * is a transaction that stays open on an empty database, so the kernel gives it back when the process ends, however it
 * ends. The file with the process id only serves the message.
 */
export const takeOwnership = (folder: string): { close(): void } => {
  const idPath = join(folder, "owner.pid");
  const database = new DatabaseSync(join(folder, "owner.lock"));
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    writeFileSync(idPath, `${process.pid}\n`);
  } catch (cause) {
    database.close();
    if (!isBusy(cause)) throw cause;
    const message = `the folder ${folder} is in use by ${readOwner(idPath)}; one process owns it`;
    throw new LogServiceError("STORE_IN_USE", message, { cause });
  }
  return { close: () => database.close() };
};
