import { Buffer } from "node:buffer";
import {
  type Chunk,
  type ChunkMeta,
  type ChunkStore,
  logIdAt,
  type StoredChunk,
  type TenantChunk,
} from "@log-service/core";
import { describe, expect, it } from "vitest";
import { floorToMinute } from "../chunk-rules.ts";
import { follow, positionOfNow } from "./arrival-cases.ts";
import { createTestChunk, createTestChunks, someTime } from "./chunks.ts";
import { type FaultPlan, untilDone, withFaults } from "./faults.ts";
import { musts } from "./musts.ts";
import { expectBoundsHold } from "./scan-cases.ts";
import { everything, idsOf, type OpenStore, readAll } from "./test-store.ts";

const orders = ["newest", "oldest"] as const;
const minute = floorToMinute(someTime);

/** What is left of a chunk without its first and its last entries. Stores never look into the bytes. */
export const leftOf = (meta: ChunkMeta, without: { first?: number; last?: number }): Chunk => {
  const { first = 0, last = 0 } = without;
  const count = meta.count - first - last;
  const spanMs = meta.maxTime - meta.minTime;
  return {
    bytes: createTestChunk({ seed: 5000 + meta.count, size: 40 + count }).bytes,
    meta: {
      ...meta,
      count,
      minTime: meta.minTime + Math.min(first, Math.floor(spanMs / 2)),
      minId: logIdAt(meta.minId, first),
      maxTime: meta.maxTime - Math.min(last, Math.floor(spanMs / 2)),
      maxId: logIdAt(meta.maxId, -last),
      severityCounts: [count, 0, 0],
    },
  };
};

/** Overlapping chunks of a few minutes, of ten entries each. */
const createMinutes = (length: number) =>
  createTestChunks(length, (index) => ({
    maxTime: minute + ((index * 7) % 4) * 60_000 + 20_000 + 500 * index,
    spanMs: (index % 4) * 4000,
    count: 10,
    digest: ["0123456789abcdef", undefined][index % 2],
  }));

const rewrite = (store: ChunkStore, { meta }: Chunk, chunk: Chunk | undefined) =>
  store.rewrite({ tenant: "a", old: meta, chunk });

export const describeRewrite = (openStore: OpenStore): void => {
  const openFilled = async (length = 12) => {
    const opened = await openStore();
    const chunks = createMinutes(length);
    await opened.store.put(chunks);
    return { ...opened, chunks, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
  };

  describe("rewrite", () => {
    it(musts.rewriteIsExact, async () => {
      await using opened = await openFilled(3);
      const { store, chunks } = opened;
      const [first, second, third] = [chunks[0]!, chunks[1]!, chunks[2]!];
      const left = leftOf(first.meta, { first: 2, last: 3 });
      expect(await rewrite(store, first, left)).toBe("replaced");
      // It is not any more as it was, is another tenant's, or never was.
      expect(await rewrite(store, first, leftOf(first.meta, { first: 1 }))).toBe("gone");
      expect(await store.rewrite({ tenant: "b", old: second.meta, chunk: undefined })).toBe("gone");
      expect(await rewrite(store, createTestChunk({ seed: 77 }), undefined)).toBe("gone");
      const less = leftOf(left.meta, { last: 1 });
      expect(await rewrite(store, left, less)).toBe("replaced");
      expect(await rewrite(store, second, undefined)).toBe("replaced");
      expect(await rewrite(store, second, undefined)).toBe("gone");
      const again = (await opened.reopen?.()) ?? store;
      const found = await readAll(again, { tenant: "a", order: "oldest" });
      const wanted = [less, third].toSorted((a, b) => (a.meta.id < b.meta.id ? -1 : 1));
      expect(found.map(({ meta }) => meta)).toEqual(wanted.map(({ meta }) => meta));
      expect(await Promise.all(found.map((chunk) => chunk.bytes()))).toEqual(
        wanted.map(({ bytes }) => bytes),
      );
      const isHeld = opened.isHeld ?? (() => false);
      expect([first, left, second].filter(({ bytes }) => isHeld(bytes))).toEqual([]);
      expect(await store.purge({ ...everything, replacedTo: 2 ** 48, onDamage: fail })).toBe(
        "done",
      );
    });

    it("lets one of several at once win", async () => {
      await using opened = await openFilled(1);
      const { store, chunks } = opened;
      const chunk = chunks[0]!;
      const parts = [1, 2, 3].map((first) => leftOf(chunk.meta, { first }));
      const outcomes = await Promise.all(parts.map((part) => rewrite(store, chunk, part)));
      expect(outcomes.toSorted()).toEqual(["gone", "gone", "replaced"]);
      const [found] = await readAll(store, { tenant: "a" });
      expect(found?.meta).toEqual(parts[outcomes.indexOf("replaced")]?.meta);
    });

    it.each(orders)(`${musts.leftIdsLeadOn} (%s)`, async (order) => {
      await using opened = await openFilled(40);
      const { store, chunks } = opened;
      const before = await readAll(store, { tenant: "a", order });
      const found: StoredChunk[] = [];
      const request = { ...everything, tenant: "a", order, onDamage: fail } as const;
      let rewritten = 0;
      for await (const slice of store.scan(request)) {
        found.push(...slice);
        // Behind the place where the scan is, before it, and at it.
        for (const chunk of chunks.slice(rewritten, rewritten + 5)) {
          const left = leftOf(chunk.meta, { first: 2 + (rewritten % 3), last: rewritten % 4 });
          expect(await rewrite(store, chunk, left)).toBe("replaced");
          expect((await store.get("a", left.meta.minId))?.meta).toEqual(left.meta);
          expect((await store.get("a", left.meta.maxId))?.meta).toEqual(left.meta);
          rewritten++;
        }
      }
      expect(idsOf(found)).toEqual(idsOf(before));
      expectBoundsHold(found, order);
      for (const [index, { position }] of before.entries()) {
        const rest = await readAll(store, { tenant: "a", order, startAt: position });
        expect(idsOf(rest)).toEqual(idsOf(before.slice(index)));
        expectBoundsHold(rest, order);
      }
    });

    it(musts.leftNeverArrives, async () => {
      await using opened = await openStore();
      const { store } = opened;
      const maxTime = opened.clock?.now() ?? someTime;
      const [seen, unseen, gone] = [1, 2, 3].map((seed) =>
        createTestChunk({ seed, maxTime, count: 10 }),
      ) as [TenantChunk, TenantChunk, TenantChunk]; // three seeds
      await store.put([seen]);
      const position = await positionOfNow(store);
      await store.put([unseen, gone]);
      const left = leftOf(unseen.meta, { first: 1 });
      await rewrite(store, seen, leftOf(seen.meta, { first: 1 }));
      await rewrite(store, unseen, left);
      await rewrite(store, gone, undefined);
      const { ids, position: next } = await follow(store, position, 10);
      expect(ids).toEqual([unseen.meta.id]);
      await rewrite(store, left, undefined);
      expect((await follow(store, next, 10)).ids).toEqual([]);
    });

    it(musts.rewrittenIsPresent, async () => {
      await using opened = await openFilled(4);
      const { store, chunks } = opened;
      const gone = chunks.slice(0, 2);
      for (const chunk of gone) await rewrite(store, chunk, undefined);
      for (const chunk of chunks.slice(2))
        await rewrite(store, chunk, leftOf(chunk.meta, { first: 5 }));
      expect(await store.put(chunks)).toEqual(chunks.map(() => "present"));
      const changed = chunks.map((chunk) => ({
        ...chunk,
        meta: { ...chunk.meta, digest: "fedcba9876543210" },
      }));
      expect(await store.put(changed)).toEqual(chunks.map(() => "conflict"));
      expect(await readAll(store, { tenant: "a" })).toHaveLength(2);
      for (const { meta } of gone) expect(await store.get("a", meta.id)).toBeUndefined();
    });

    it("takes what is left of a full chunk, which names its ids and may be larger than before", async () => {
      await using opened = await openStore();
      const { store } = opened;
      const size = store.capabilities.chunkBytesMax;
      const chunk = createTestChunk({ count: 2000, size });
      await store.put([chunk]);
      const { bytes } = createTestChunk({ seed: 2, size: size + 20_000 });
      const left = { ...leftOf(chunk.meta, { first: 1 }), bytes };
      expect(await rewrite(store, chunk, left)).toBe("replaced");
      const [found] = await readAll(store, { tenant: "a" });
      expect(Buffer.compare((await found?.bytes()) ?? chunk.bytes, bytes)).toBe(0);
    });

    it("refuses what is no part of the chunk", async () => {
      await using opened = await openFilled(1);
      const { store, chunks } = opened;
      const chunk = chunks[0]!;
      const left = leftOf(chunk.meta, { first: 1 });
      const refused = [
        chunk,
        { ...left, meta: { ...left.meta, id: createTestChunk({ seed: 9 }).meta.id } },
        { ...left, meta: { ...left.meta, digest: "fedcba9876543210" } },
        { ...left, meta: { ...left.meta, maxTime: chunk.meta.maxTime + 1 } },
        { ...left, bytes: new Uint8Array() },
        { ...left, bytes: new Uint8Array(store.capabilities.chunkBytesMax + 40_000) },
      ];
      for (const part of refused)
        await expect(rewrite(store, chunk, part)).rejects.toMatchObject({ code: "INTERNAL" });
      expect((await readAll(store, { tenant: "a" })).map(({ meta }) => meta)).toEqual([chunk.meta]);
    });
  });
};

/** What must hold for who tries again, whatever goes wrong in between. */
export const describeRewriteFaults = (openStore: OpenStore, plan: FaultPlan): void => {
  it("leaves what it is told to leave when the rewrite is tried again", async () => {
    await using opened = await openStore();
    const chunks = createMinutes(3);
    await opened.store.put(chunks);
    const store = withFaults(opened.store, plan);
    const [first, second] = [chunks[0]!, chunks[1]!];
    const left = leftOf(first.meta, { first: 2 });
    // Whoever is told that it is gone may have done it before.
    const outcomes = ["replaced", "gone"];
    expect(outcomes).toContain(await untilDone(() => rewrite(store, first, left)));
    expect(outcomes).toContain(await untilDone(() => rewrite(store, second, undefined)));
    const found = await readAll(opened.store, { tenant: "a" });
    const byId = new Map(found.map(({ meta }) => [meta.id, meta]));
    expect(byId).toEqual(new Map([left, chunks[2]!].map(({ meta }) => [meta.id, meta])));
  });
};

const fail = () => expect.unreachable();

/** For stores that replace, or whose chunks stay as they came. */
export const describeWithoutRewrite = (openStore: OpenStore): void => {
  it(musts.rewriteIsRefused, async () => {
    await using opened = await openStore();
    const { store } = opened;
    const chunk = createTestChunk({ count: 2 });
    await store.put([chunk]);
    await expect(rewrite(store, chunk, undefined)).rejects.toMatchObject({ code: "INTERNAL" });
    expect(await readAll(store, { tenant: "a" })).toHaveLength(1);
  });
};
