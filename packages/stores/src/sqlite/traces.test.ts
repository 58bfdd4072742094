import { Buffer } from "node:buffer";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TenantChunk } from "@log-service/core";
import { expect, it } from "vitest";
import { createTestChunks, someTime } from "../conformance/chunks.ts";
import { age, createMergedChunk, spanOf } from "../conformance/merging.ts";
import { createTestClock, everything, idsOf, readAll } from "../conformance/test-store.ts";
import { replacedKeptMs } from "./maintenance.ts";
import { openSqliteStore } from "./sqlite-store.ts";
import { createTestFolder } from "./test-folder.ts";

/** A copy may be overwritten in part. */
const piecesOf = (bytes: Uint8Array): Buffer[] =>
  Array.from({ length: Math.floor(bytes.length / 20) }, (_, index) =>
    Buffer.from(bytes.subarray(index * 20, index * 20 + 20)),
  );

/** Chunks so small that SQLite keeps many in a page, and moves them when it makes room. */
const createSmall = (seed: number) =>
  createTestChunks(200, (index) => ({
    seed: seed * 1000 + index,
    maxTime: someTime + index * 100,
    size: 60 + ((index * 131 + seed * 17) % 60),
  }));

/** The parts of chunks that the files of a folder still have. */
const heldOf = (folder: string, gone: readonly TenantChunk[]): Buffer[] => {
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  const pieces = gone.flatMap(({ bytes }) => piecesOf(bytes));
  return pieces.filter((piece) => files.some((file) => file.includes(piece)));
};

const onDamage = () => expect.unreachable();

it("no part of a chunk that was purged is left where SQLite had moved it", async () => {
  for (let seed = 1; seed <= 6; seed++) {
    using folder = createTestFolder();
    const clock = createTestClock();
    const chunks = createSmall(seed);
    await using store = await openSqliteStore({ folder: folder.path, clock: clock.now });
    await store.put(chunks);
    await age(store, clock);
    for (const [index, { meta, tenant }] of chunks.entries()) {
      const isMerged = (index * 7 + seed) % 5 < 2;
      const merged = isMerged ? [createMergedChunk([meta], [spanOf(meta)], index)] : [];
      if ((index * 13 + seed) % 4 === 0) continue;
      expect(await store.replace({ tenant, old: [meta], chunks: merged })).toBe("replaced");
      if (index % 3 > 0) continue;
      clock.pass(2 * replacedKeptMs);
      while (await store.reclaim());
    }
    clock.pass(2 * replacedKeptMs);
    const left = idsOf(await readAll(store, { tenant: "a" }));
    const gone = chunks.filter(({ meta }) => !left.includes(meta.id));
    expect(gone.length).toBeGreaterThan(100);
    expect(await store.purge({ ...everything, replacedTo: clock.now(), onDamage })).toBe("done");
    expect(heldOf(folder.path, gone)).toEqual([]);
    expect(idsOf(await readAll(store, { tenant: "a" }))).toEqual(left);
  }
});

it("a purge is not done before what was replaced before the clock was set back is gone", async () => {
  using folder = createTestFolder();
  const clock = createTestClock();
  const chunks = createSmall(1);
  await using store = await openSqliteStore({ folder: folder.path, clock: clock.now });
  await store.put(chunks);
  await age(store, clock);
  const gone = chunks.filter((_, index) => index % 2 === 0);
  for (const { meta, tenant } of gone)
    expect(await store.replace({ tenant, old: [meta], chunks: [] })).toBe("replaced");
  const setBackMs = 10 * replacedKeptMs;
  clock.pass(-setBackMs);
  const request = { ...everything, replacedTo: clock.now(), onDamage };
  expect(await store.purge(request)).toBe("later");
  clock.pass(setBackMs);
  expect(await store.purge(request)).toBe("done");
  expect(heldOf(folder.path, gone)).toEqual([]);
});
