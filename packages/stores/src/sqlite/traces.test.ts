import { Buffer } from "node:buffer";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
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
    const onDamage = () => expect.unreachable();
    expect(await store.purge({ ...everything, replacedTo: clock.now(), onDamage })).toBe("done");
    const files = readdirSync(folder.path).map((name) => readFileSync(join(folder.path, name)));
    const pieces = gone.flatMap(({ bytes }) => piecesOf(bytes));
    const held = pieces.filter((piece) => files.some((file) => file.includes(piece)));
    expect(held).toEqual([]);
    expect(idsOf(await readAll(store, { tenant: "a" }))).toEqual(left);
  }
});
