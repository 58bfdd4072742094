import type { ChunkStore } from "@log-service/core";
import { expect, it } from "vitest";
import { createTestChunk, createTestChunks, someTime } from "../conformance/chunks.ts";
import { everything, readAll } from "../conformance/test-store.ts";
import { createDynamoStore } from "./dynamodb-store.ts";
import { createFakeDynamo } from "./test/fake-dynamodb.ts";
import { createTestOptions } from "./test/test-options.ts";

const create = (retentionMs?: number) => {
  const fake = createFakeDynamo();
  const units: number[] = [];
  const observer = { onCapacity: (report: { units: number }) => units.push(report.units) };
  const options = createTestOptions({ fetch: fake.fetch, observer, retentionMs });
  return { fake, store: createDynamoStore(options), units };
};

/** Reads as many chunks of a scan as a page needs. */
const readSome = async (store: ChunkStore, count: number) => {
  const onDamage = () => expect.unreachable();
  let seen = 0;
  const request = { ...everything, tenant: "a", order: "newest", onDamage } as const;
  for await (const slice of store.scan(request)) {
    seen += slice.length;
    if (seen >= count) break;
  }
};

it.each([
  { what: "large chunks", count: 500, size: 17_000, wanted: 4, unitsMax: 23 },
  { what: "single entries", count: 1, size: 90, wanted: 101, unitsMax: 8 },
])("pays for little more than a page of $what takes, once it knows their size", async (plan) => {
  const { store, units } = create();
  await store.put(
    createTestChunks(400, (index) => ({
      maxTime: someTime + index,
      size: plan.size,
      count: plan.count,
    })),
  );
  await readSome(store, plan.wanted);
  await readSome(store, plan.wanted);
  units.length = 0;
  await readSome(store, plan.wanted);
  expect(units.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(plan.unitsMax);
});

it("binds the chunks of a minute by the lowest that is still to come", async () => {
  const { store } = create();
  await store.put([
    createTestChunk({ seed: 1, maxTime: someTime + 10, spanMs: 5 }),
    createTestChunk({ seed: 2, maxTime: someTime + 20, spanMs: 18 }),
    createTestChunk({ seed: 3, maxTime: someTime + 30, spanMs: 0 }),
    createTestChunk({ seed: 4, maxTime: someTime + 60_005, spanMs: 5 }),
  ]);
  const found = await readAll(store, { tenant: "a", order: "oldest" });
  expect(found.map(({ bound }) => bound.time - someTime)).toEqual([2, 2, 30, 60_000]);
});

it("does not hold a minute that has more chunks than memory is for", async () => {
  const { store } = create();
  await store.put(createTestChunks(5000, (index) => ({ maxTime: someTime + index })));
  const found = await readAll(store, { tenant: "a", order: "oldest" });
  expect(found).toHaveLength(5000);
  expect(found.every(({ bound }, index) => bound.time <= someTime + index)).toBe(true);
});

it("lets chunks expire a week after the retention, and keeps them for ever without one", async () => {
  const day = 86_400_000;
  const { store, fake } = create(30 * day);
  await store.put([createTestChunk({ maxTime: someTime })]);
  const [item] = fake.items.get("chunks")?.values() ?? [];
  expect(item?.expiresAt).toEqual({ N: String((someTime + 37 * day) / 1000) });
  const unlimited = create();
  await unlimited.store.put([createTestChunk({ maxTime: someTime })]);
  const [kept] = unlimited.fake.items.get("chunks")?.values() ?? [];
  expect(kept).not.toHaveProperty("expiresAt");
});

it("writes by putting and reads by querying and getting, so that each needs no other right", async () => {
  const writer = create();
  await writer.store.put([createTestChunk()]);
  await writer.store.reserve({ tenant: "a", key: "k", value: "v", now: 1, expiresAt: 2 });
  expect(new Set(writer.fake.actions)).toEqual(new Set(["PutItem"]));
  const reader = create();
  await readAll(reader.store, { tenant: "a" });
  await reader.store.get("a", createTestChunk().meta.id);
  await reader.store.check();
  expect(new Set(reader.fake.actions)).toEqual(new Set(["Query", "GetItem"]));
});

it("looks behind the end of a range no further than the tenant's chunks are wide", async () => {
  const { store, units } = create();
  const to = someTime + 20_000;
  await store.put(
    createTestChunks(400, (index) => ({ maxTime: someTime + index * 100, size: 90 })),
  );
  await readAll(store, { tenant: "a", from: to - 100, to });
  units.length = 0;
  expect(await readAll(store, { tenant: "a", from: to - 100, to })).toHaveLength(1);
  expect(units.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(2);
  const wide = createTestChunk({ seed: 999, maxTime: someTime + 59_000, spanMs: 58_000 });
  await store.put([wide]);
  const found = await readAll(store, { tenant: "a", from: to - 100, to });
  expect(found.map(({ meta }) => meta.id)).toContain(wide.meta.id);
});

it("tells readers how wide a chunk is when another process has put it", async () => {
  const { store, fake } = create();
  await store.put(createTestChunks(3, (index) => ({ maxTime: someTime + index * 1000 })));
  const other = createDynamoStore(createTestOptions({ fetch: fake.fetch }));
  const wide = createTestChunk({ seed: 999, maxTime: someTime + 900, spanMs: 700 });
  await other.put([wide]);
  const found = await readAll(store, { tenant: "a", to: someTime + 300 });
  expect(found.map(({ meta }) => meta.id)).toContain(wide.meta.id);
});
