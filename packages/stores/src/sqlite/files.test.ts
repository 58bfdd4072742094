import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTestChunk, createTestChunks, someTime } from "../conformance/chunks.ts";
import { idsOf, readAll } from "../conformance/test-store.ts";
import { openFilesMax } from "./open-files.ts";
import { openSqliteStore } from "./sqlite-store.ts";
import { createTestFolder } from "./test-folder.ts";

const dayMs = 86_400_000;
const dayName = "2026-11-22.db";

const logBytes = (folder: string): number =>
  readdirSync(folder)
    .filter((name) => name.endsWith("-wal"))
    .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

describe("the files of a store", () => {
  it("are one database for each UTC day of the chunks' max times", async () => {
    using folder = createTestFolder();
    await using store = await openSqliteStore({ folder: folder.path });
    const noon = Date.UTC(2026, 10, 22, 12);
    const times = [0, noon - dayMs / 2 - 1, noon - dayMs / 2, noon + dayMs / 2 - 1, 2 ** 48 - 1];
    await store.put(times.map((maxTime) => createTestChunk({ maxTime })));
    const days = readdirSync(folder.path).filter((name) => /^\d.*\.db$/.test(name));
    expect(days.toSorted()).toEqual(["10889-08-02.db", "1970-01-01.db", "2026-11-21.db", dayName]);
  });

  it("are made with the folder, however deep it lies", async () => {
    using parent = createTestFolder();
    const folder = join(parent.path, "a", "b", "c");
    await using store = await openSqliteStore({ folder });
    await store.put([createTestChunk()]);
    expect(existsSync(join(folder, dayName))).toBe(true);
  });

  it("are closed without logs, and hold everything themselves", async () => {
    using folder = createTestFolder();
    {
      await using store = await openSqliteStore({ folder: folder.path });
      await store.put(createTestChunks(5, (index) => ({ maxTime: someTime + index * dayMs })));
    }
    const names = readdirSync(folder.path);
    expect(names.filter((name) => name.includes("-"))).toEqual(
      names.filter((name) => /^\d{4}-\d\d-\d\d\.db$/.test(name)),
    );
  });

  it("are opened a few at a time, and all are read", async () => {
    using folder = createTestFolder();
    const opened: DatabaseSync[] = [];
    const onOpen = (database: DatabaseSync) => void opened.push(database);
    await using store = await openSqliteStore({ folder: folder.path, onOpen });
    const chunks = createTestChunks(50, (index) => ({ maxTime: someTime + index * dayMs }));
    await store.put(chunks);
    const found = await readAll(store, { tenant: "a", order: "oldest" });
    expect(idsOf(found)).toEqual(idsOf(chunks));
    const read = await Promise.all(found.map((chunk) => chunk.bytes()));
    expect(read).toEqual(chunks.map(({ bytes }) => bytes));
    expect(opened.filter((database) => database.isOpen).length).toBeLessThanOrEqual(openFilesMax);
  });

  it("are not opened for days outside the range", async () => {
    using folder = createTestFolder();
    const chunks = createTestChunks(5, (index) => ({ maxTime: someTime + index * dayMs }));
    {
      await using store = await openSqliteStore({ folder: folder.path });
      await store.put(chunks);
    }
    let opened = 0;
    const onOpen = () => void opened++;
    await using store = await openSqliteStore({ folder: folder.path, onOpen });
    const range = { from: someTime + dayMs, to: someTime + dayMs + 1 };
    expect(await readAll(store, { tenant: "a", ...range })).toHaveLength(1);
    expect(opened).toBe(1);
    expect(await store.get("a", chunks[3]!.meta.id)).toBeDefined();
    expect(opened).toBe(2);
  });

  it("that were being made when the process ended are removed", async () => {
    using folder = createTestFolder();
    writeFileSync(join(folder.path, `${dayName}.new`), "half a database");
    writeFileSync(join(folder.path, `${dayName}.new-journal`), "");
    await using store = await openSqliteStore({ folder: folder.path });
    expect(readdirSync(folder.path).filter((name) => name.includes(".new"))).toEqual([]);
    expect(await store.put([createTestChunk()])).toEqual(["stored"]);
  });

  it("of many days are written with turns for other work in between", async () => {
    using folder = createTestFolder();
    await using store = await openSqliteStore({ folder: folder.path });
    const chunks = createTestChunks(40, (index) => ({ maxTime: someTime + index * dayMs }));
    const written = store.put(chunks);
    const others = Array.from({ length: 20 }, async (_, index) => {
      for (let turn = 0; turn < index; turn++) await new Promise((done) => setImmediate(done));
      return store.get("a", chunks[index]!.meta.id);
    });
    const isWritten = written.then(() => "written");
    expect(await Promise.race([isWritten, ...others])).toBeDefined();
    expect(await Promise.race([isWritten, Promise.all(others)])).not.toBe("written");
    expect(await written).toEqual(chunks.map(() => "stored"));
  });

  it("of a newer format are refused by name, and left as they are", async () => {
    using folder = createTestFolder();
    const later = createTestChunk({ maxTime: someTime + dayMs });
    {
      await using store = await openSqliteStore({ folder: folder.path });
      await store.put([createTestChunk(), later]);
    }
    const setVersion = (name: string) => {
      const database = new DatabaseSync(join(folder.path, name));
      database.exec("PRAGMA user_version = 99");
      database.close();
      return readFileSync(join(folder.path, name));
    };
    const content = setVersion(dayName);
    {
      await using store = await openSqliteStore({ folder: folder.path });
      await expect(store.put([createTestChunk({ seed: 2 })])).rejects.toMatchObject({
        code: "STORE_UNAVAILABLE",
        message: expect.stringContaining("format version 99; this one reads up to 1"),
      });
      const parts: string[] = [];
      const onDamage = ({ part }: { part: string }) => void parts.push(part);
      const found = await readAll(store, { tenant: "a", onDamage });
      expect(idsOf(found)).toEqual([later.meta.id]);
      expect(parts).toEqual(["the day 2026-11-22 (2026-11-22.db)"]);
    }
    expect(readFileSync(join(folder.path, dayName))).toEqual(content);
    setVersion("meta.db");
    await expect(openSqliteStore({ folder: folder.path })).rejects.toMatchObject({
      code: "STORE_UNAVAILABLE",
      message: expect.stringContaining("meta.db"),
    });
  });

  it("count with their logs as the bytes on disk", async () => {
    using folder = createTestFolder();
    await using store = await openSqliteStore({ folder: folder.path });
    await store.put(createTestChunks(30, (index) => ({ maxTime: someTime + index, size: 5000 })));
    const sizes = readdirSync(folder.path).map((name) => statSync(join(folder.path, name)).size);
    expect(store.diskBytes()).toBe(sizes.reduce((sum, size) => sum + size, 0));
    expect(store.diskBytes()).toBeGreaterThan(150_000);
  });

  it("have a log of a bounded size", async () => {
    using folder = createTestFolder();
    await using store = await openSqliteStore({ folder: folder.path });
    for (const chunk of createTestChunks(150, (index) => ({
      maxTime: someTime + index,
      size: 50_000,
    }))) {
      await store.put([chunk]);
    }
    expect(logBytes(folder.path)).toBeLessThan(3_000_000);
  });
});

describe("the logs of the files", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
  afterEach(() => void vi.useRealTimers());

  it("are emptied when nobody has written for a second", async () => {
    using folder = createTestFolder();
    await using store = await openSqliteStore({ folder: folder.path });
    await store.put([createTestChunk({ size: 10_000 })]);
    expect(logBytes(folder.path)).toBeGreaterThan(10_000);
    vi.advanceTimersByTime(1000);
    expect(logBytes(folder.path)).toBe(0);
    await store.put([createTestChunk({ seed: 2 })]);
    vi.advanceTimersByTime(1000);
    expect(logBytes(folder.path)).toBe(0);
    expect(await readAll(store, { tenant: "a" })).toHaveLength(2);
  });
});

describe("a log that a power cut has shortened", () => {
  it("gives back the first of the chunks, and no part of one", async () => {
    using folder = createTestFolder();
    await using store = await openSqliteStore({ folder: folder.path });
    const chunks = createTestChunks(20, (index) => ({ maxTime: someTime + index, size: 3000 }));
    for (const chunk of chunks) await store.put([chunk]);
    const logSize = statSync(join(folder.path, `${dayName}-wal`)).size;
    for (let part = 0; part <= 10; part++) {
      using copy = createTestFolder();
      for (const name of [dayName, `${dayName}-wal`]) {
        copyFileSync(join(folder.path, name), join(copy.path, name));
      }
      truncateSync(join(copy.path, `${dayName}-wal`), Math.floor((logSize * part) / 10));
      await using cut = await openSqliteStore({ folder: copy.path });
      const found = await readAll(cut, { tenant: "a", order: "oldest" });
      expect(idsOf(found)).toEqual(idsOf(chunks.slice(0, found.length)));
      expect(found.length).toBeGreaterThanOrEqual(Math.floor((part * chunks.length) / 10) - 2);
      expect(await cut.put(chunks)).toEqual(
        chunks.map((_, index) => (index < found.length ? "present" : "stored")),
      );
    }
  });
});

describe("a folder that cannot be used", () => {
  it("is named, with the cause's code", async () => {
    using folder = createTestFolder();
    const file = join(folder.path, "file");
    writeFileSync(file, "");
    await expect(openSqliteStore({ folder: file })).rejects.toMatchObject({
      code: "STORE_UNAVAILABLE",
      message: `the folder ${file} cannot be used (EEXIST)`,
    });
    const below = join(file, "below");
    await expect(openSqliteStore({ folder: below })).rejects.toMatchObject({
      code: "STORE_UNAVAILABLE",
      message: `the folder ${below} cannot be used (ENOTDIR)`,
    });
  });

  it("is named when the lock cannot be made in it", async () => {
    using folder = createTestFolder();
    mkdirSync(join(folder.path, "owner.lock"));
    await expect(openSqliteStore({ folder: folder.path })).rejects.toMatchObject({
      code: "STORE_UNAVAILABLE",
      message: `the folder ${folder.path} cannot be used (SQLITE_CANTOPEN)`,
    });
  });

  it("is not kept when it could not be opened", async () => {
    using folder = createTestFolder();
    mkdirSync(join(folder.path, "meta.db"));
    await expect(openSqliteStore({ folder: folder.path })).rejects.toMatchObject({
      code: "STORE_UNAVAILABLE",
    });
    using other = createTestFolder();
    await using store = await openSqliteStore({ folder: other.path });
    await store.check();
    await expect(openSqliteStore({ folder: folder.path })).rejects.toMatchObject({
      code: "STORE_UNAVAILABLE",
    });
  });
});
