import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Reservation } from "@log-service/core";
import { describe, expect, it } from "vitest";
import { createArrivals } from "./arrivals.ts";
import { silentLog } from "./log.ts";
import { openMetaDatabase } from "./meta-database.ts";
import { openSqliteStore } from "./sqlite-store.ts";
import { createTestFolder } from "./test-folder.ts";

const openTestMeta = (folder: string, clock = () => 1e12) => {
  const meta = openMetaDatabase({ folder, clock, log: silentLog });
  return { meta, [Symbol.dispose]: () => meta.close() };
};

const reservation = (key: number, changes: Partial<Reservation> = {}): Reservation => ({
  tenant: "a",
  key: `${key}`,
  value: "v",
  now: 1000,
  expiresAt: 2000,
  ...changes,
});

describe("reservations", () => {
  it("that expired are removed little by little", () => {
    using folder = createTestFolder();
    using opened = openTestMeta(folder.path);
    const { meta } = opened;
    meta.reserve(Array.from({ length: 100 }, (_, key) => reservation(key)));
    expect(meta.countReservations()).toBe(100);
    const later = { now: 3000, expiresAt: 4000 };
    for (let key = 1000; key < 1010; key++) meta.reserve([reservation(key, later)]);
    // Each adds one and removes three.
    expect(meta.countReservations()).toBe(80);
    for (let key = 2000; key < 2100; key++) meta.reserve([reservation(key, later)]);
    expect(meta.countReservations()).toBe(110);
  });

  it("do not end early because a caller's clock is ahead", () => {
    using folder = createTestFolder();
    using opened = openTestMeta(folder.path, () => 1500);
    opened.meta.reserve([reservation(1)]);
    opened.meta.reserve([reservation(2, { now: 9000, expiresAt: 9999 })]);
    expect(opened.meta.reserve([reservation(1, { value: "w" })])).toEqual(["v"]);
  });

  it("of one turn share a commit", async () => {
    using folder = createTestFolder();
    await using store = await openSqliteStore({ folder: folder.path });
    const logPages = () => readFileSync(join(folder.path, "meta.db-wal")).length / 1024;
    await store.reserve(reservation(0));
    const before = logPages();
    await Promise.all(Array.from({ length: 64 }, (_, key) => store.reserve(reservation(key))));
    expect(logPages() - before).toBeLessThan(64);
  });

  it("are forgotten with a damaged file, which is set aside and logged", async () => {
    using folder = createTestFolder();
    {
      await using store = await openSqliteStore({ folder: folder.path });
      await store.reserve(reservation(1));
    }
    const garbage = Buffer.alloc(5000, 3);
    writeFileSync(join(folder.path, "meta.db"), garbage);
    const logged: string[] = [];
    const log = { ...silentLog, error: (message: string) => void logged.push(message) };
    await using store = await openSqliteStore({ folder: folder.path, log });
    expect(await store.reserve(reservation(1, { value: "w" }))).toBe("w");
    expect(readFileSync(join(folder.path, "meta.damaged-1.db"))).toEqual(garbage);
    expect(logged).toEqual([
      "meta.db is damaged; it is now meta.damaged-1.db, and the reserved keys are forgotten",
    ]);
  });

  it("are made before the store closes, when they were asked for before", async () => {
    using folder = createTestFolder();
    const store = await openSqliteStore({ folder: folder.path });
    const asked = store.reserve(reservation(1));
    await store[Symbol.asyncDispose]();
    expect(await asked).toBe("v");
    await using again = await openSqliteStore({ folder: folder.path });
    expect(await again.reserve(reservation(1, { value: "w" }))).toBe("v");
    expect(readdirSync(folder.path)).toContain("meta.db");
  });
});

describe("the order of arrival", () => {
  it("goes on upwards when the store is opened again, and above what a file holds", () => {
    using folder = createTestFolder();
    const numbers: number[] = [];
    for (const floor of [0, 0, 50_000_000, 0]) {
      using opened = openTestMeta(folder.path);
      const { next } = createArrivals(opened.meta, () => 0);
      numbers.push(next(floor), next(floor), next(0));
    }
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(new Set(numbers).size).toBe(12);
    expect(numbers[6]).toBeGreaterThan(50_000_000);
  });
});
