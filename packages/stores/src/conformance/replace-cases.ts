import { type ChunkStore, logIdAt, type ScanRequest, type StoredChunk } from "@log-service/core";
import { describe, expect, it } from "vitest";
import { floorToMinute } from "../chunk-rules.ts";
import { follow, positionOfNow } from "./arrival-cases.ts";
import { createTestChunk, createTestChunks, someTime } from "./chunks.ts";
import { age, createMergedChunk, mergeAll, spanOf } from "./merging.ts";
import { musts } from "./musts.ts";
import { expectBoundsHold } from "./scan-cases.ts";
import { everything, idsOf, type OpenStore, readAll } from "./test-store.ts";

const orders = ["newest", "oldest"] as const;
const hourMs = 3_600_000;

/** Chunks of one hour, many of them overlapping. */
const createHour = (length: number) =>
  createTestChunks(length, (index) => ({
    maxTime: floorToMinute(someTime + ((index * 7) % 20) * 60_000) + 1000 * (index + 1),
    spanMs: (index % 4) * 9000,
    count: 1 + (index % 3),
  }));

const scanOf = (store: ChunkStore, request: Partial<ScanRequest>) =>
  store.scan({
    ...everything,
    tenant: "a",
    order: "newest",
    onDamage: () => expect.unreachable(),
    ...request,
  });

/** The chunks as they came that a chunk stands for. */
const sourcesOf = (
  merged: ReadonlyMap<string, readonly string[]>,
  chunks: readonly StoredChunk[],
) => chunks.flatMap(({ meta }) => merged.get(meta.id) ?? [meta.id]);

export const describeReplace = (openStore: OpenStore): void => {
  const openAged = async (chunks = createHour(12)) => {
    const opened = await openStore();
    await opened.store.put(chunks);
    await age(opened.store, opened.clock);
    return { ...opened, chunks, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
  };

  describe("replace", () => {
    it("puts one chunk in the place of others", async () => {
      await using opened = await openAged();
      const { store, chunks } = opened;
      const replacement = mergeAll(chunks);
      expect(await store.replace(replacement)).toBe("replaced");
      for (const order of orders) {
        const found = await readAll(store, { tenant: "a", order });
        expect(found.map(({ meta }) => meta)).toEqual([replacement.chunks[0]?.meta]);
        expect(await found[0]?.bytes()).toEqual(replacement.chunks[0]?.bytes);
      }
    });

    it(musts.filtersComeAlong, async () => {
      await using opened = await openAged();
      const { store, chunks } = opened;
      const halves = [chunks.slice(0, 6), chunks.slice(6)].map((half, seed) =>
        mergeAll(half, seed),
      );
      for (const half of halves) expect(await store.replace(half)).toBe("replaced");
      const filters = async () => {
        const found = await readAll((await opened.reopen?.()) ?? store, { tenant: "a" });
        const read = found.map(async (chunk) => [chunk.meta.id, await chunk.filter?.()] as const);
        return new Map(await Promise.all(read));
      };
      const expected = halves.flatMap((half) =>
        half.chunks.map(({ meta, filter }) => [meta.id, filter] as const),
      );
      expect(await filters()).toEqual(new Map(expected));
    });

    it(musts.replaceIsAtomic, async () => {
      await using opened = await openAged();
      const { store, chunks } = opened;
      const others = [createTestChunk({ seed: 99 }), createTestChunk({ tenant: "b", seed: 98 })];
      for (const other of others)
        expect(await store.replace(mergeAll([...chunks, other]))).toBe("gone");
      expect(idsOf(await readAll(store, { tenant: "a" })).toSorted()).toEqual(
        idsOf(chunks).toSorted(),
      );
      const replacement = mergeAll(chunks);
      expect(await store.replace(replacement)).toBe("replaced");
      expect(await store.replace(replacement)).toBe("gone");
      const again = (await opened.reopen?.()) ?? store;
      expect(idsOf(await readAll(again, { tenant: "a" }))).toEqual(idsOf(replacement.chunks));
    });

    it(musts.formerIdsLeadOn, async () => {
      await using opened = await openAged(
        createTestChunks(6, (index) => ({
          maxTime: someTime + index,
          count: 3,
          digest: ["0123456789abcdef", undefined][index % 2],
        })),
      );
      const { store, chunks } = opened;
      const [first, second, third, ...rest] = chunks.map(({ meta }) => meta);
      const halves = [
        createMergedChunk(
          [first!, second!],
          [spanOf(first!), { firstId: second!.id, count: 2 }],
          1,
        ),
        createMergedChunk(
          [third!],
          [{ firstId: logIdAt(second!.id, 2), count: 1 }, spanOf(third!)],
          2,
        ),
      ];
      const wanted = [
        [0, 0, 0],
        [0, 0, 1],
        [1, 1, 1],
      ];
      const check = async (at: readonly string[]) => {
        for (const [index, meta] of [first, second, third].entries())
          for (const entry of [0, 1, 2]) {
            const found = await store.get("a", logIdAt(meta!.id, entry));
            expect(found?.meta.id).toBe(at[wanted[index]![entry]!]);
            expect(await store.get("a", logIdAt(meta!.id, 3))).toBeUndefined();
            expect(await store.get("b", logIdAt(meta!.id, entry))).toBeUndefined();
          }
        expect(await store.put(chunks)).toEqual(chunks.map(() => "present"));
        const changed = chunks.map((chunk) => ({
          ...chunk,
          meta: { ...chunk.meta, digest: "fedcba9876543210" },
        }));
        expect(await store.put(changed)).toEqual(chunks.map(() => "conflict"));
      };
      const old = [first!, second!, third!];
      expect(await store.replace({ tenant: "a", old, chunks: halves })).toBe("replaced");
      await check(idsOf(halves));
      const whole = createMergedChunk(
        [...halves.map(({ meta }) => meta), ...rest],
        [...old, ...rest].map(spanOf),
        3,
      );
      const both = [...halves.map(({ meta }) => meta), ...rest];
      expect(await store.replace({ tenant: "a", old: both, chunks: [whole] })).toBe("replaced");
      await check([whole.meta.id, whole.meta.id]);
      expect(idsOf(await readAll(store, { tenant: "a" }))).toEqual([whole.meta.id]);
    });

    it("leaves entries out, and still knows their chunks", async () => {
      await using opened = await openAged(createHour(2));
      const { store, chunks } = opened;
      const [kept, gone] = chunks.map(({ meta }) => meta);
      const chunk = createMergedChunk([kept!], [spanOf(kept!)], 1);
      expect(await store.replace({ tenant: "a", old: [kept!, gone!], chunks: [chunk] })).toBe(
        "replaced",
      );
      expect((await store.get("a", kept!.id))?.meta).toEqual(chunk.meta);
      expect(await store.get("a", gone!.id)).toBeUndefined();
      expect(await store.put(chunks)).toEqual(["present", "present"]);
      expect(await store.replace({ tenant: "a", old: [chunk.meta], chunks: [] })).toBe("replaced");
      expect(await readAll(store, { tenant: "a" })).toEqual([]);
      expect(await store.put(chunks)).toEqual(["present", "present"]);
    });

    it(musts.mergedNeverArrive, async () => {
      await using opened = await openAged();
      const { store, chunks } = opened;
      const position = await positionOfNow(store);
      let told = 0;
      using _ = store.onArrival("a", () => void told++);
      expect(await store.replace(mergeAll(chunks))).toBe("replaced");
      expect((await follow(store, position, 10)).ids).toEqual([]);
      expect(told).toBe(0);
    });

    it.each(orders)(`${musts.scansStayWhole} (%s)`, async (order) => {
      await using opened = await openAged(createHour(60));
      const { store, chunks } = opened;
      const merged = new Map<string, readonly string[]>();
      const found: StoredChunk[] = [];
      const outcomes = new Set<string>();
      let seed = 0;
      for await (const slice of scanOf(store, { order })) {
        found.push(...slice);
        const now = await readAll(store, { tenant: "a", isReplaceable: true });
        // Chunks on both sides of the place where the scan is, and neighbours on one of them.
        const spread = now.filter((_, index) => index % 4 === 0);
        const rest = now.filter((_, index) => index % 4 !== 0);
        const groups = [spread, rest.slice(0, 3), rest.slice(-3)];
        for (const group of groups.filter(({ length }) => length > 1)) {
          seed++;
          const replacement = mergeAll(
            group.map(({ meta }) => ({ tenant: "a", meta })),
            seed,
          );
          merged.set(idsOf(replacement.chunks)[0]!, sourcesOf(merged, group));
          outcomes.add(await store.replace(replacement));
        }
      }
      expect(outcomes).toContain("replaced");
      expect(sourcesOf(merged, found).toSorted()).toEqual(idsOf(chunks).toSorted());
      expectBoundsHold(found, order);
      const read = await Promise.all(found.map((chunk) => chunk.bytes()));
      expect(read.every((bytes) => bytes.length > 0)).toBe(true);
    });

    it.each(orders)(
      "leaves nothing out for a scan that goes on from before, %s first",
      async (order) => {
        await using opened = await openAged(createHour(40));
        const { store, chunks } = opened;
        const before = await readAll(store, { tenant: "a", order });
        const parts = [0, 1, 2].map((part) => chunks.filter((_, index) => index % 3 === part));
        const merged = new Map<string, readonly string[]>();
        for (const [seed, part] of parts.entries()) {
          const replacement = mergeAll(part, seed);
          merged.set(idsOf(replacement.chunks)[0]!, idsOf(part));
          expect(await store.replace(replacement)).toBe("replaced");
        }
        for (const [index, { position }] of before.entries()) {
          const rest = await readAll(store, { tenant: "a", order, startAt: position });
          expect(sourcesOf(merged, rest)).toEqual(
            expect.arrayContaining(idsOf(before.slice(index))),
          );
          expectBoundsHold(rest, order);
        }
      },
    );

    it.each(orders)("is found by each range that it has a part in, %s first", async (order) => {
      await using opened = await openAged();
      const { store, chunks } = opened;
      expect(await store.replace(mergeAll(chunks))).toBe("replaced");
      const [{ meta }] = (await readAll(store, { tenant: "a" })) as [StoredChunk];
      for (const time of [meta.minTime, meta.minTime + 1, meta.maxTime - 1, meta.maxTime])
        expect(await readAll(store, { tenant: "a", order, from: time, to: time + 1 })).toHaveLength(
          1,
        );
      const outside = [meta.minTime - 1, meta.maxTime + 1];
      for (const time of outside) {
        const found = await readAll(store, { tenant: "a", order, from: time, to: time + 1 });
        expect(found).toEqual([]);
      }
    });

    it("leaves chunks as they came for a while, and says which", async () => {
      await using opened = await openAged();
      const { store, chunks } = opened;
      const late = createTestChunk({ seed: 500, maxTime: someTime + 1 });
      await store.put([late]);
      expect(await store.replace(mergeAll([...chunks, late]))).toBe("busy");
      const found = await readAll(store, { tenant: "a", isReplaceable: true });
      expect(idsOf(found).toSorted()).toEqual(idsOf(chunks).toSorted());
      await age(store, opened.clock);
      expect(await readAll(store, { tenant: "a", isReplaceable: true })).toHaveLength(13);
    });

    it("refuses chunks that it could not find again", async () => {
      await using opened = await openAged([
        createTestChunk({ maxTime: someTime }),
        createTestChunk({ maxTime: someTime + hourMs, seed: 2 }),
      ]);
      const { store, chunks } = opened;
      const refused = [
        mergeAll(chunks),
        { ...mergeAll(chunks.slice(1)), chunks: mergeAll(chunks.slice(0, 1)).chunks },
        { ...mergeAll(chunks.slice(1)), old: [] },
      ];
      for (const replacement of refused)
        await expect(store.replace(replacement)).rejects.toMatchObject({ code: "INTERNAL" });
      expect(await readAll(store, { tenant: "a" })).toHaveLength(2);
    });

    it("keeps the bytes of a former chunk for whoever has found it", async () => {
      await using opened = await openAged();
      const { store, chunks } = opened;
      const found = await readAll(store, { tenant: "a", order: "oldest" });
      await store.replace(mergeAll(chunks));
      while (await store.reclaim());
      const read = await Promise.all(found.map((chunk) => chunk.bytes()));
      const byId = new Map(chunks.map((chunk) => [chunk.meta.id, chunk.bytes]));
      expect(read).toEqual(found.map(({ meta }) => byId.get(meta.id)));
    });
  });
};

/** For stores whose chunks stay as they came. */
export const describeWithoutReplace = (openStore: OpenStore): void => {
  it(musts.replaceIsRefused, async () => {
    await using opened = await openStore();
    const { store } = opened;
    const chunks = createHour(2);
    await store.put(chunks);
    await expect(store.replace(mergeAll(chunks))).rejects.toMatchObject({ code: "INTERNAL" });
    expect(await store.expire({ latest: 2 ** 48, of: () => 2 ** 48 })).toBe(0);
    expect(await store.reclaim()).toBe(false);
    expect(await readAll(store, { tenant: "a" })).toHaveLength(2);
  });
};
