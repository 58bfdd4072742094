import { describe, expect, it } from "vitest";
import { createTestChunk, createTestChunks, someTime } from "./chunks.ts";
import { age, mergeAll } from "./merging.ts";
import { musts } from "./musts.ts";
import { everything, idsOf, type OpenStore, readAll } from "./test-store.ts";

const dayMs = 86_400_000;

/** Stores that delete what has expired when they are told to. */
export const describeExpire = (openStore: OpenStore): void => {
  describe("tenants", () => {
    it("yields the tenants of each day of a range, the oldest day first", async () => {
      await using opened = await openStore();
      const { store } = opened;
      const start = someTime - (someTime % dayMs);
      await store.put([
        createTestChunk({ tenant: "b", maxTime: start + dayMs }),
        createTestChunk({ tenant: "a", maxTime: start + dayMs }),
        createTestChunk({ tenant: "b", maxTime: start }),
      ]);
      const read = (from: number, to: number) => Array.fromAsync(store.tenants({ from, to }));
      const day = (tenant: string, from: number) => ({ tenant, from, to: from + dayMs });
      const all = [day("b", start), day("a", start + dayMs), day("b", start + dayMs)];
      expect(await read(0, 2 ** 48)).toEqual(all);
      expect(await read(start, start + dayMs)).toEqual(all.slice(0, 1));
      expect(await read(start + dayMs, start + dayMs + 1)).toEqual(all.slice(1));
    });
  });

  describe("expire", () => {
    it(musts.expireKeepsTheRest, async () => {
      await using opened = await openStore();
      const { store } = opened;
      const chunks = ["a", "b"].flatMap((tenant) =>
        createTestChunks(5, (index) => ({
          tenant,
          maxTime: someTime + index * dayMs,
          spanMs: 500,
        })),
      );
      await store.put(chunks);
      const times = { latest: someTime + 3 * dayMs, of: (tenant: string) => before[tenant]! };
      const before: Record<string, number> = { a: someTime + 3 * dayMs, b: someTime + dayMs - 1 };
      const count = await store.expire(times);
      const left = [
        ...(await readAll(store, { tenant: "a" })),
        ...(await readAll(store, { tenant: "b" })),
      ];
      expect(count).toBe(chunks.length - left.length);
      const mustStay = chunks.filter(({ tenant, meta }) => meta.maxTime >= before[tenant]!);
      expect(idsOf(left)).toEqual(expect.arrayContaining(idsOf(mustStay)));
      // What has expired a day ago is gone.
      const mustGo = chunks.filter(({ tenant, meta }) => meta.maxTime < before[tenant]! - dayMs);
      expect(mustGo).toHaveLength(2);
      for (const { tenant, meta } of mustGo)
        expect(await store.get(tenant, meta.id)).toBeUndefined();
      expect(await store.expire(times)).toBe(0);
    });

    it("forgets what took the place of others, and what was replaced", async () => {
      await using opened = await openStore();
      const { store } = opened;
      const chunks = createTestChunks(5, (index) => ({ maxTime: someTime + index }));
      await store.put(chunks);
      await age(store, opened.clock);
      await store.put([createTestChunk({ tenant: "b" })]);
      await store.replace(mergeAll(chunks));
      const of = (tenant: string) => ({ a: someTime + 2 * dayMs })[tenant] ?? 0;
      expect(await store.expire({ latest: someTime + 2 * dayMs, of })).toBe(1);
      expect(await readAll(store, { tenant: "a" })).toEqual([]);
      expect(await store.get("a", chunks[0]!.meta.id)).toBeUndefined();
      expect(await readAll(store, { tenant: "b" })).toHaveLength(1);
    });

    it("disturbs no scan that is under way", async () => {
      await using opened = await openStore();
      const { store } = opened;
      const chunks = createTestChunks(60, (index) => ({
        maxTime: someTime + (index % 3) * dayMs + index,
      }));
      await store.put(chunks);
      const latest = someTime + 9 * dayMs;
      const damages: unknown[] = [];
      for await (const _ of store.scan({
        ...everything,
        tenant: "a",
        order: "newest",
        onDamage: (damage) => damages.push(damage),
      }))
        await store.expire({ latest, of: () => latest });
      expect(damages).toEqual([]);
      await store.expire({ latest, of: () => latest });
      expect(await readAll(store, { tenant: "a" })).toEqual([]);
      expect(await store.put(chunks.slice(0, 1))).toEqual(["stored"]);
    });
  });
};
