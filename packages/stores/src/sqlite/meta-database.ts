import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { Reservation } from "@log-service/core";
import { isDamage } from "./errors.ts";
import type { StoreLog } from "./log.ts";
import { createDatabase, inTransaction, openDatabase } from "./schema.ts";
import { moveDatabase, publishFile } from "./sync.ts";

const fileName = "meta.db";

/** How many numbers in the order of arrival are taken at once, so that a put need not write here. */
export const arrivalsPerBlock = 2 ** 20;

/** A reservation removes up to this many expired ones: more than it adds, so the table shrinks to what counts. */
const sweptAtOnce = 3;

const metaSchema = `
  CREATE TABLE state (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO state VALUES ('arrivals', 0), ('checked', 0), ('replaced', 0),
    ('epoch', abs(random()) % ${2 ** 47} + 1);
  CREATE TABLE reservations (
    tenant TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX expiring ON reservations (expires_at)
`;

const createFile = (folder: string): void => {
  const path = join(folder, fileName);
  publishFile(path, (unfinished) => createDatabase(unfinished, metaSchema));
};

/** Moves a damaged file out of the way. What it held is lost for the service, but not deleted. */
const setAside = (folder: string): string => {
  const taken = readdirSync(folder).filter((name) => /^meta\.damaged-\d+\.db$/.test(name));
  const name = `meta.damaged-${taken.length + 1}.db`;
  moveDatabase(join(folder, fileName), join(folder, name));
  return name;
};

const prepare = (database: DatabaseSync) => ({
  database,
  find: database.prepare(
    "SELECT value FROM reservations WHERE tenant = ? AND key = ? AND expires_at > ?",
  ),
  keep: database.prepare("INSERT OR REPLACE INTO reservations VALUES (?, ?, ?, ?)"),
  sweep: database.prepare(`DELETE FROM reservations WHERE (tenant, key) IN
    (SELECT tenant, key FROM reservations WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)`),
  state: database.prepare("SELECT value FROM state WHERE name = ?"),
  setState: database.prepare("UPDATE state SET value = ? WHERE name = ?"),
});

type Prepared = ReturnType<typeof prepare>;

const readState = ({ state }: Prepared, name: string): number =>
  Number(state.get(name)?.value ?? 0);

/** What is asked for often, read once when the file is opened. */
const readArrivalState = (statements: Prepared) => ({
  /** No number above it has been given out. */
  last: readState(statements, "arrivals"),
  /** What the numbers are counted in: those of another `meta.db` are not to be compared with these. */
  epoch: readState(statements, "epoch").toString(36),
  /** The highest number whose chunk was replaced, 0 when none was. */
  replaced: readState(statements, "replaced"),
});

const reserveOne = (statements: Prepared, reservation: Reservation): string => {
  const { tenant, key, value, now, expiresAt } = reservation;
  const held = statements.find.get(tenant, key, now)?.value;
  if (typeof held === "string") return held;
  statements.keep.run(tenant, key, value, expiresAt);
  return value;
};

interface MetaDeps {
  readonly folder: string;
  readonly clock: () => number;
  readonly log: StoreLog;
}

/** Keeps the file open. A damaged one is set aside, and a new one takes its place. */
const openConnection = (folder: string, log: StoreLog) => {
  const open = () => {
    const path = join(folder, fileName);
    if (!existsSync(path)) createFile(folder);
    const database = openDatabase(path, "FULL");
    try {
      const statements = prepare(database);
      return { statements, arrivalState: readArrivalState(statements) };
    } catch (error) {
      database.close();
      throw error;
    }
  };
  const replace = (cause: unknown) => {
    const name = setAside(folder);
    log.error(`${fileName} is damaged; it is now ${name}, and the reserved keys are forgotten`, {
      cause,
    });
    return open();
  };
  const openOrReplace = () => {
    try {
      return open();
    } catch (error) {
      if (!isDamage(error)) throw error;
      return replace(error);
    }
  };
  let current = openOrReplace();
  return {
    get current() {
      return current;
    },

    /** Runs the step in a transaction, once more on a new file when this one is damaged. */
    write: <T>(step: (statements: Prepared) => T): T => {
      try {
        return inTransaction(current.statements.database, () => step(current.statements));
      } catch (error) {
        if (!isDamage(error)) throw error;
        current.statements.database.close();
        current = replace(error);
        return inTransaction(current.statements.database, () => step(current.statements));
      }
    },
  };
};

/** Opens `meta.db`: reservations, and the counter behind the order of arrival. */
export const openMetaDatabase = ({ folder, clock, log }: MetaDeps) => {
  const connection = openConnection(folder, log);
  const { write } = connection;
  const database = () => connection.current.statements.database;
  return {
    /** Takes the reservations together: one sync for all of them. */
    reserve: (reservations: readonly Reservation[]): string[] =>
      write((statements) => {
        const values = reservations.map((reservation) => reserveOne(statements, reservation));
        // The earlier of both clocks: nobody's reservation ends early because another caller's clock is ahead.
        const now = Math.min(clock(), ...reservations.map((reservation) => reservation.now));
        statements.sweep.run(now, sweptAtOnce * reservations.length);
        return values;
      }),

    /** The first of `arrivalsPerBlock` numbers above `floor` that no other caller gets, now or later. */
    takeArrivals: (floor: number): number =>
      write((statements) => {
        const taken = Math.max(floor, readState(statements, "arrivals"));
        statements.setState.run(taken + arrivalsPerBlock, "arrivals");
        return taken + 1;
      }),

    /** What the order of arrival was when the file was opened, and what has been replaced since. */
    arrivalState: () => connection.current.arrivalState,

    /** Tells, durably, that chunks up to this number may be replaced. */
    markReplaced: (number: number): void => {
      if (number <= connection.current.arrivalState.replaced) return;
      write(({ setState }) => void setState.run(number, "replaced"));
      connection.current.arrivalState.replaced = number;
    },

    /** Writes and syncs something small. */
    check: (): void => write(({ setState }) => void setState.run(clock(), "checked")),

    countReservations: (): number =>
      Number(database().prepare("SELECT count(*) AS n FROM reservations").get()?.n),

    checkpoint: () => database().exec("PRAGMA wal_checkpoint(TRUNCATE)"),

    close: () => database().close(),
  };
};

export type MetaDatabase = ReturnType<typeof openMetaDatabase>;
