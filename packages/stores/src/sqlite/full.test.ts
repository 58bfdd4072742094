import type { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { createTestChunks, someTime } from "../conformance/chunks.ts";
import { idsOf, readAll } from "../conformance/test-store.ts";
import { openSqliteStore } from "./sqlite-store.ts";
import { createTestFolder } from "./test-folder.ts";

describe("a full disk", () => {
  it("refuses writes, keeps what was acknowledged, and takes writes when there is room", async () => {
    using folder = createTestFolder();
    const databases: DatabaseSync[] = [];
    const setPagesMax = (pages: number) => {
      for (const database of databases) database.exec(`PRAGMA max_page_count = ${pages}`);
    };
    const onOpen = (database: DatabaseSync) => void databases.push(database);
    await using store = await openSqliteStore({ folder: folder.path, onOpen });
    const chunks = createTestChunks(60, (index) => ({ maxTime: someTime + index, size: 5000 }));
    await store.put(chunks.slice(0, 1));
    setPagesMax(150);
    const outcomes = await Promise.allSettled(chunks.map((chunk) => store.put([chunk])));
    const refused = outcomes.flatMap((put) => (put.status === "rejected" ? [put.reason] : []));
    const acknowledged = chunks.filter((_, index) => outcomes[index]?.status === "fulfilled");
    expect(refused.length).toBeGreaterThan(0);
    expect(acknowledged.length).toBeGreaterThan(0);
    for (const error of refused) {
      expect(error).toMatchObject({ code: "STORE_FULL", retryAfterMs: 10_000 });
    }
    const found = await readAll(store, { tenant: "a", order: "oldest" });
    expect(idsOf(found)).toEqual(idsOf(acknowledged));
    // A batch that does not fit as a whole leaves nothing of itself behind.
    await expect(store.put(chunks)).rejects.toMatchObject({ code: "STORE_FULL" });
    expect(idsOf(await readAll(store, { tenant: "a", order: "oldest" }))).toEqual(idsOf(found));
    setPagesMax(100_000);
    const again = await store.put(chunks);
    expect(again.filter((outcome) => outcome === "stored")).toHaveLength(refused.length);
    expect(idsOf(await readAll(store, { tenant: "a", order: "oldest" }))).toEqual(idsOf(chunks));
  });

  it("leaves no tenant behind that was not stored", async () => {
    using folder = createTestFolder();
    const databases: DatabaseSync[] = [];
    const onOpen = (database: DatabaseSync) => void databases.push(database);
    await using store = await openSqliteStore({ folder: folder.path, onOpen });
    const [first, small, next, large, other, last] = createTestChunks(6, (index) => ({
      tenant: ["a", "b", "b", "b", "c", "b"][index]!,
      maxTime: someTime + index,
      size: index === 3 ? 300_000 : 100,
    }));
    await store.put([first!]);
    for (const database of databases) database.exec("PRAGMA max_page_count = 100");
    const refused = store.put([small!, next!, large!]);
    await expect(refused).rejects.toMatchObject({ code: "STORE_FULL" });
    expect(await store.put([other!, last!])).toEqual(["stored", "stored"]);
    expect(idsOf(await readAll(store, { tenant: "c" }))).toEqual([other!.meta.id]);
    expect(idsOf(await readAll(store, { tenant: "b" }))).toEqual([last!.meta.id]);
    expect(idsOf(await readAll(store, { tenant: "a" }))).toEqual([first!.meta.id]);
  });
});
