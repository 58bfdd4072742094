import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { logIdAt, type TenantChunk } from "@log-service/core";
import { describe, expect, it } from "vitest";
import { createTestChunks, someTime } from "../conformance/chunks.ts";
import { age, mergeAll } from "../conformance/merging.ts";
import { createTestClock, idsOf, readAll } from "../conformance/test-store.ts";
import { replacedKeptMs } from "./maintenance.ts";
import { openSqliteStore, type SqliteStore } from "./sqlite-store.ts";
import { createTestFolder } from "./test-folder.ts";

const dayMs = 86_400_000;
const dayName = "2026-11-22.db";

const createSmall = (length: number) =>
  createTestChunks(length, (index) => ({ maxTime: someTime + index, count: 2, size: 900 }));

const openAged = async (folder: string, chunks: readonly TenantChunk[]) => {
  const databases: DatabaseSync[] = [];
  const clock = createTestClock();
  const onOpen = (database: DatabaseSync) => void databases.push(database);
  const store = await openSqliteStore({ folder, clock: clock.now, onOpen });
  await store.put(chunks);
  await age(store, clock);
  return { store, clock, databases };
};

/** Copies a folder as a killed process would leave it, with so many bytes of the log. */
const copyAsKilled = (from: string, to: string, logBytes: number): void => {
  mkdirSync(to);
  const names = [dayName, `${dayName}-wal`, "meta.db"].filter((name) =>
    existsSync(join(from, name)),
  );
  for (const name of names) copyFileSync(join(from, name), join(to, name));
  truncateSync(join(to, `${dayName}-wal`), logBytes);
};

describe("chunks that were replaced", () => {
  it("are all there or all gone, wherever the process is killed", async () => {
    using parent = createTestFolder();
    const folder = join(parent.path, "store");
    const chunks = createSmall(40);
    const { store } = await openAged(folder, chunks);
    await using _ = store;
    const log = join(folder, `${dayName}-wal`);
    const start = statSync(log).size;
    const replacement = mergeAll(chunks, 1);
    expect(await store.replace(replacement)).toBe("replaced");
    const end = statSync(log).size;
    const wanted = [idsOf(chunks), idsOf(replacement.chunks)];
    const seen = new Set<number>();
    for (let at = 0; at <= 20; at++) {
      const copy = join(parent.path, `copy-${at}`);
      copyAsKilled(folder, copy, Math.round(start + ((end - start) * at) / 20));
      await using again = await openSqliteStore({ folder: copy });
      const found = await readAll(again, { tenant: "a", order: "oldest" });
      const outcome = wanted.findIndex((ids) => ids.length === found.length);
      expect(idsOf(found)).toEqual(wanted[outcome]);
      for (const { meta } of chunks) {
        const chunk = await again.get("a", logIdAt(meta.id, 1));
        expect(idsOf(found)).toContain(chunk?.meta.id);
      }
      expect((await Promise.all(found.map((chunk) => chunk.bytes()))).length).toBe(found.length);
      expect(await again.put(chunks)).toEqual(chunks.map(() => "present"));
      seen.add(outcome);
    }
    expect([...seen]).toEqual([0, 1]);
  });

  it("stay when the disk is full, and are replaced when there is room", async () => {
    using folder = createTestFolder();
    const chunks = createSmall(40);
    const { store, databases } = await openAged(folder.path, chunks);
    await using _ = store;
    const setPagesMax = (pages: number) => {
      for (const database of databases) database.exec(`PRAGMA max_page_count = ${pages}`);
    };
    const replacement = mergeAll(chunks);
    const large = { ...replacement.chunks[0]!, bytes: new Uint8Array(300_000) };
    setPagesMax(120);
    const full = store.replace({ ...replacement, chunks: [large] });
    await expect(full).rejects.toMatchObject({ code: "STORE_FULL" });
    expect(idsOf(await readAll(store, { tenant: "a", order: "oldest" }))).toEqual(idsOf(chunks));
    expect(await store.get("a", chunks[3]!.meta.id)).toMatchObject({ meta: chunks[3]!.meta });
    setPagesMax(100_000);
    expect(await store.replace(replacement)).toBe("replaced");
    expect(idsOf(await readAll(store, { tenant: "a" }))).toEqual(idsOf(replacement.chunks));
  });

  it("give their space back after a while, also when the process ended meanwhile", async () => {
    using folder = createTestFolder();
    const chunks = createSmall(1000);
    const replacement = mergeAll(chunks);
    {
      const { store } = await openAged(folder.path, chunks);
      await using _ = store;
      expect(await store.replace(replacement)).toBe("replaced");
      while (await store.reclaim());
    }
    const before = statSync(join(folder.path, dayName)).size;
    const clock = createTestClock();
    clock.pass(60 * dayMs);
    {
      await using store = await openSqliteStore({ folder: folder.path, clock: clock.now });
      let steps = 0;
      while (await store.reclaim()) steps++;
      expect(steps).toBeGreaterThan(3);
      expect(await store.put(chunks)).toEqual(chunks.map(() => "present"));
    }
    expect(statSync(join(folder.path, dayName)).size).toBeLessThan(before / 5);
  });

  it.each([
    ["", 0],
    [", though the clock was set back meanwhile", 11 * replacedKeptMs],
  ])("keep their bytes as long as a scan runs that began before%s", async (_name, setBackMs) => {
    using folder = createTestFolder();
    const chunks = createSmall(100);
    const { store, clock } = await openAged(folder.path, chunks);
    await using _ = store;
    clock.pass(setBackMs);
    const request = { tenant: "a", from: 0, to: 2 ** 48, order: "oldest" } as const;
    const scan = store
      .scan({ ...request, onDamage: () => expect.unreachable() })
      [Symbol.asyncIterator]();
    const { value: slice = [] } = await scan.next();
    const done = chunks.filter(({ meta }) => idsOf(slice).includes(meta.id));
    clock.pass(-setBackMs);
    expect(await store.replace(mergeAll(done))).toBe("replaced");
    clock.pass(10 * replacedKeptMs);
    expect(await store.reclaim()).toBe(false);
    for (const chunk of slice) expect((await chunk.bytes()).length).toBe(900);
    await scan.return?.();
    expect(await store.reclaim()).toBe(true);
    await expect(slice[0]!.bytes()).rejects.toMatchObject({ code: "CHUNK_CORRUPT" });
  });
});

describe("the filters of chunks", () => {
  const filtersOf = async (store: SqliteStore) =>
    await Promise.all((await readAll(store, { tenant: "a" })).map((chunk) => chunk.filter?.()));

  it("come to files that were made before there were any", async () => {
    using folder = createTestFolder();
    const chunks = createSmall(4);
    const { store, databases } = await openAged(folder.path, chunks);
    await using _ = store;
    databases.at(-1)?.exec("DROP TABLE filters");
    expect(await filtersOf(store)).toEqual(chunks.map(() => undefined));
    const [first, second] = [mergeAll(chunks.slice(0, 2), 1), mergeAll(chunks.slice(2), 3)];
    expect(await store.replace(first)).toBe("replaced");
    expect(await store.replace(second)).toBe("replaced");
    const made = [...second.chunks, ...first.chunks].map(({ filter }) => filter);
    expect(await filtersOf(store)).toEqual(made);
  });

  it("come to such a file also where the first of them found no room", async () => {
    using folder = createTestFolder();
    const chunks = createSmall(6);
    const { store, databases } = await openAged(folder.path, chunks);
    await using _ = store;
    const setPagesMax = (pages: number) =>
      databases.at(-1)?.exec(`PRAGMA max_page_count = ${pages}`);
    databases.at(-1)?.exec("DROP TABLE filters");
    const pairs = [0, 2, 4].map((at) => mergeAll(chunks.slice(at, at + 2), at + 1));
    const merged = { ...mergeAll(chunks), chunks: pairs.flatMap((pair) => pair.chunks) };
    const large = { ...merged.chunks[2]!, bytes: new Uint8Array(300_000) };
    setPagesMax(120);
    const full = store.replace({ ...merged, chunks: merged.chunks.with(2, large) });
    await expect(full).rejects.toMatchObject({ code: "STORE_FULL" });
    setPagesMax(100_000);
    expect(await store.replace(merged)).toBe("replaced");
    expect(await filtersOf(store)).toEqual(merged.chunks.map(({ filter }) => filter).reverse());
  });

  it("may be damaged, and the chunks are read all the same", async () => {
    using folder = createTestFolder();
    const chunks = createSmall(4);
    const { store, databases } = await openAged(folder.path, chunks);
    await using _ = store;
    const merged = mergeAll(chunks, 1);
    expect(await store.replace(merged)).toBe("replaced");
    databases.at(-1)?.exec("DROP TABLE filters; CREATE VIEW filters AS SELECT no_such_column");
    expect(await filtersOf(store)).toEqual([undefined]);
    const [found] = await readAll(store, { tenant: "a" });
    expect(await found?.bytes()).toEqual(merged.chunks[0]?.bytes);
  });
});

describe("days that have expired", () => {
  it("go as files, with their logs and what was set aside", async () => {
    using folder = createTestFolder();
    await using store = await openSqliteStore({ folder: folder.path });
    await store.put(createTestChunks(4, (index) => ({ maxTime: someTime + index * dayMs })));
    const latest = someTime + 2 * dayMs;
    expect(await store.expire({ latest, of: () => latest })).toBe(2);
    const names = readdirSync(folder.path).filter((name) => name.startsWith("2026"));
    expect(names.filter((name) => name.endsWith(".db"))).toEqual([
      "2026-11-24.db",
      "2026-11-25.db",
    ]);
    expect(names.filter((name) => name.startsWith("2026-11-22"))).toEqual([]);
  });

  it("come back empty for entries that are sent once more", async () => {
    using folder = createTestFolder();
    const chunks = createSmall(3);
    {
      await using store = await openSqliteStore({ folder: folder.path });
      await store.put(chunks);
      const latest = someTime + 2 * dayMs;
      expect(await store.expire({ latest, of: () => latest })).toBe(3);
      expect(await store.put(chunks)).toEqual(chunks.map(() => "stored"));
    }
    await using store = await openSqliteStore({ folder: folder.path });
    expect(await readAll(store, { tenant: "a" })).toHaveLength(3);
  });

  it("stay for a tenant that stored old entries after others had lost theirs", async () => {
    using folder = createTestFolder();
    await using store = await openSqliteStore({ folder: folder.path });
    const [own, others, late] = ["a", "b", "c"].map((tenant, index) =>
      createTestChunks(2, (at) => ({ tenant, maxTime: someTime + index * 10 + at })),
    );
    await store.put([...own!, ...others!]);
    const expireFor = (...tenants: string[]) =>
      store.expire({
        latest: someTime + 2 * dayMs,
        of: (tenant) => (tenants.includes(tenant) ? someTime + 2 * dayMs : 0),
      });
    expect(await expireFor("a")).toBe(2);
    await store.put(late!);
    expect(await expireFor("a", "b")).toBe(2);
    expect(idsOf(await readAll(store, { tenant: "c", order: "oldest" }))).toEqual(idsOf(late!));
    expect(await expireFor("a", "b", "c")).toBe(2);
    expect(existsSync(join(folder.path, dayName))).toBe(false);
  });
});
