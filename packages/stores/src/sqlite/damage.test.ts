import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Damage, TenantChunk } from "@log-service/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTestChunk, createTestChunks, someTime } from "../conformance/chunks.ts";
import { idsOf, readAll } from "../conformance/test-store.ts";
import { pageBytes } from "./schema.ts";
import { openSqliteStore, type SqliteStore } from "./sqlite-store.ts";
import { createTestFolder } from "./test-folder.ts";

const dayMs = 86_400_000;
const dayName = "2026-11-22.db";
const orders = ["newest", "oldest"] as const;

/** 200 chunks of one day, one a second, and one chunk of each neighbouring day. */
const chunks = [
  createTestChunk({ seed: 1001, maxTime: someTime - dayMs, size: 700 }),
  ...createTestChunks(200, (index) => ({ maxTime: someTime + index * 1000, size: 700 })),
  createTestChunk({ seed: 1002, maxTime: someTime + dayMs, size: 700 }),
];
const metaById = new Map(chunks.map(({ meta }) => [meta.id, meta]));
const neighbours = [chunks[0]!, chunks.at(-1)!];

/** The files of a store with these chunks, made once. */
const wholeFiles = await (async () => {
  using folder = createTestFolder();
  {
    await using store = await openSqliteStore({ folder: folder.path });
    // One by one, as they arrive: the upper pages of the trees lie early in the file then.
    for (const chunk of chunks) await store.put([chunk]);
  }
  const names = readdirSync(folder.path).filter((name) => name.endsWith(".db"));
  return names.map((name) => [name, readFileSync(join(folder.path, name))] as const);
})();
const wholeDay = new Map(wholeFiles).get(dayName)!;

const makeFolder = () => {
  const folder = createTestFolder();
  for (const [name, content] of wholeFiles) writeFileSync(join(folder.path, name), content);
  return folder;
};

const readWithDamage = async (store: SqliteStore, order: (typeof orders)[number]) => {
  const damages: Damage[] = [];
  const onDamage = (damage: Damage) => void damages.push(damage);
  const found = await readAll(store, { tenant: "a", order, onDamage });
  return { found, damages };
};

const fullRead = async (store: SqliteStore, chunk: TenantChunk) =>
  (await store.get("a", chunk.meta.id))?.bytes();

describe("a day's file that is not a database", () => {
  const contents: [string, Buffer][] = [
    ["empty", Buffer.alloc(0)],
    ["of one byte", Buffer.alloc(1)],
    ["full of zeros", Buffer.alloc(20_000)],
    ["of text", Buffer.from("this is no database ".repeat(1000))],
    ["without its header", Buffer.concat([Buffer.alloc(100, 255), wholeDay.subarray(100)])],
    [
      "without its first page",
      Buffer.concat([Buffer.alloc(pageBytes), wholeDay.subarray(pageBytes)]),
    ],
  ];

  it.each(contents)("%s: is reported, and the other days stay readable", async (_, content) => {
    using folder = makeFolder();
    writeFileSync(join(folder.path, dayName), content);
    await using store = await openSqliteStore({ folder: folder.path });
    for (const order of orders) {
      const { found, damages } = await readWithDamage(store, order);
      expect(idsOf(found).toSorted()).toEqual(idsOf(neighbours).toSorted());
      expect(damages.map(({ part }) => part)).toEqual(["the day 2026-11-22 (2026-11-22.db)"]);
    }
    const looking = store.get("a", chunks[5]!.meta.id);
    await expect(looking).rejects.toMatchObject({ code: "CHUNK_CORRUPT" });
    expect(store.damagedParts()).toEqual(["the day 2026-11-22 (2026-11-22.db)"]);
  });

  it.each(contents)("%s: is set aside for a new file when chunks arrive", async (_, content) => {
    using folder = makeFolder();
    writeFileSync(join(folder.path, dayName), content);
    await using store = await openSqliteStore({ folder: folder.path });
    const late = createTestChunk({ seed: 7777, maxTime: someTime });
    expect(await store.put([late])).toEqual(["stored"]);
    expect(await store.put([late])).toEqual(["present"]);
    expect(readFileSync(join(folder.path, "2026-11-22.damaged-1.db"))).toEqual(content);
    const { found, damages } = await readWithDamage(store, "newest");
    expect(idsOf(found).toSorted()).toEqual(idsOf([...neighbours, late]).toSorted());
    expect(damages).toHaveLength(1);
    expect(await fullRead(store, late)).toEqual(late.bytes);
    expect(store.damagedParts()).toEqual(["the day 2026-11-22 (2026-11-22.damaged-1.db)"]);
  });
});

describe("a day's file that was taken away", () => {
  it("is reported, and made anew when chunks arrive", async () => {
    using folder = makeFolder();
    await using store = await openSqliteStore({ folder: folder.path });
    rmSync(join(folder.path, dayName));
    const { found, damages } = await readWithDamage(store, "newest");
    expect(idsOf(found).toSorted()).toEqual(idsOf(neighbours).toSorted());
    expect(damages.map(({ part }) => part)).toEqual(["the day 2026-11-22 (2026-11-22.db)"]);
    expect(await store.put([chunks[3]!])).toEqual(["stored"]);
    expect(await fullRead(store, chunks[3]!)).toEqual(chunks[3]?.bytes);
    expect((await readWithDamage(store, "newest")).damages).toEqual([]);
  });
});

describe("a day's file with damaged pages", () => {
  const pages = wholeDay.length / pageBytes;

  const overwrite = (path: string, offset: number, bytes: Uint8Array) => {
    const descriptor = openSync(path, "r+");
    writeSync(descriptor, bytes, 0, bytes.length, offset);
    closeSync(descriptor);
  };

  /** What is read is what was written. */
  const expectOnlyTruth = async (store: SqliteStore) => {
    for (const order of orders) {
      const { found } = await readWithDamage(store, order);
      const ids = idsOf(found);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(idsOf(neighbours)));
      expect(found.map(({ meta }) => meta)).toEqual(ids.map((id) => metaById.get(id)));
    }
  };

  /** Also, what is missing was reported. */
  const expectHonest = async (store: SqliteStore) => {
    await expectOnlyTruth(store);
    for (const order of orders) {
      const { found, damages } = await readWithDamage(store, order);
      expect(found.length === chunks.length || damages.length > 0).toBe(true);
    }
  };

  it("loses few chunks to any one page, and never lies", async () => {
    using folder = makeFolder();
    const path = join(folder.path, dayName);
    const readable: number[] = [];
    // Page 1 holds the schema, and is tested above.
    for (let page = 1; page < pages; page += 5) {
      writeFileSync(path, wholeDay);
      overwrite(path, page * pageBytes, new Uint8Array(pageBytes).fill(0xa5));
      await using store = await openSqliteStore({ folder: folder.path });
      await expectHonest(store);
      const { found } = await readWithDamage(store, "newest");
      const reads = await Promise.allSettled(found.map((chunk) => chunk.bytes()));
      readable.push(reads.filter(({ status }) => status === "fulfilled").length);
      const codes = reads.flatMap((read) => (read.status === "rejected" ? [read.reason.code] : []));
      expect(codes.every((code) => code === "CHUNK_CORRUPT")).toBe(true);
    }
    const nearlyAll = readable.filter((count) => count >= chunks.length - 15);
    expect(nearlyAll.length / readable.length).toBeGreaterThan(0.95);
  });

  it("takes new chunks where a number in it is one that no number can be", async () => {
    using folder = makeFolder();
    {
      using database = new DatabaseSync(join(folder.path, dayName));
      const last = "(SELECT max(arrival) FROM blobs)";
      database.exec(`UPDATE blobs SET arrival = 5374248273442940325 WHERE arrival = ${last}`);
    }
    await using store = await openSqliteStore({ folder: folder.path });
    const fresh = createTestChunk({ seed: 77, maxTime: someTime + 500 });
    expect(await store.put([fresh])).toEqual(["stored"]);
    expect(readdirSync(folder.path)).toContain("2026-11-22.damaged-1.db");
    const { found } = await readWithDamage(store, "newest");
    expect(idsOf(found).toSorted()).toEqual(idsOf([fresh, ...chunks]).toSorted());
  });

  it("is honest about any overwritten bytes, and goes on taking chunks", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(wholeDay.length - 64),
        fc.uint8Array({ minLength: 1, maxLength: 64 }),
        async (offset, bytes) => {
          using folder = makeFolder();
          overwrite(join(folder.path, dayName), offset, bytes);
          await using store = await openSqliteStore({ folder: folder.path });
          await expectOnlyTruth(store);
          const late = createTestChunk({ seed: 7777, maxTime: someTime });
          expect(await store.put([late])).toEqual(["stored"]);
          expect(await fullRead(store, late)).toEqual(late.bytes);
          const { found } = await readWithDamage(store, "newest");
          expect(idsOf(found)).toContain(late.meta.id);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("loses nothing to a damaged index, and knows what is in a file that was set aside", async () => {
    using folder = makeFolder();
    const path = join(folder.path, dayName);
    const database = new DatabaseSync(path);
    const pagesOfIndex = database.prepare("SELECT pageno FROM dbstat WHERE name = 'newest'").all();
    database.close();
    await using store = await openSqliteStore({ folder: folder.path });
    const found = await readAll(store, { tenant: "a", order: "oldest" });
    for (const { pageno } of pagesOfIndex) {
      overwrite(path, (Number(pageno) - 1) * pageBytes, new Uint8Array(pageBytes));
    }
    expect(idsOf((await readWithDamage(store, "newest")).found)).toHaveLength(chunks.length);
    const late = createTestChunk({ seed: 7777, maxTime: someTime });
    const outcomes = await store.put([chunks[7]!, late]);
    expect(existsSync(join(folder.path, "2026-11-22.damaged-1.db"))).toBe(true);
    expect(outcomes).toEqual(["present", "stored"]);
    expect(await store.put([chunks[8]!, late])).toEqual(["present", "present"]);
    // What a scan found before can be read, under the file's new name.
    const read = await Promise.all(found.map((chunk) => chunk.bytes()));
    expect(read).toEqual(chunks.map(({ bytes }) => bytes));
    expect(await fullRead(store, chunks[9]!)).toEqual(chunks[9]?.bytes);
  });

  it("reads what is left of a file that was cut off", async () => {
    using folder = makeFolder();
    const path = join(folder.path, dayName);
    truncateSync(path, Math.floor(statSync(path).size * 0.95));
    await using store = await openSqliteStore({ folder: folder.path });
    await expectHonest(store);
    const late = createTestChunk({ seed: 7777, maxTime: someTime });
    expect(await store.put([late])).toEqual(["stored"]);
    expect(await fullRead(store, late)).toEqual(late.bytes);
    const { found, damages } = await readWithDamage(store, "newest");
    expect(found.length).toBeGreaterThan(100);
    expect(idsOf(found)).toContain(late.meta.id);
    expect(damages).toHaveLength(1);
  });
});
