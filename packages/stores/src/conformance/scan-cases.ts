import { comparePositions, type ScanRequest, type StoredChunk } from "@log-service/core";
import { describe, expect, it } from "vitest";
import { timeMax } from "../chunk-rules.ts";
import {
  createTestChunk,
  createTestChunks,
  someDayBorder,
  someTime,
  tenantNames,
} from "./chunks.ts";
import { musts } from "./musts.ts";
import { everything, idsOf, type OpenStore, readAll } from "./test-store.ts";

const orders = ["newest", "oldest"] as const;

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Chunks at borders of minutes and days, late and overlapping ones, from 1970 to the last time of an id. */
const createMixedChunks = () => {
  const times = [
    0,
    1,
    minuteMs - 1,
    minuteMs,
    someTime,
    someTime,
    someTime + 1,
    someTime + minuteMs - 1,
    someTime + minuteMs,
    someDayBorder - 1,
    someDayBorder,
    someDayBorder + 365 * dayMs,
    timeMax,
  ];
  const spans = [0, 3, 59_999];
  return createTestChunks(times.length * spans.length, (index) => ({
    maxTime: times[index % times.length]!,
    spanMs: spans[index % spans.length]!,
    count: 1 + index,
  }));
};

/** Checks what `bound` promises: nothing of this chunk nor of a later one lies beyond it. */
export const expectBoundsHold = (chunks: readonly StoredChunk[], order: ScanRequest["order"]) => {
  const sign = order === "newest" ? 1 : -1;
  let furthest: { time: number; id: string } | undefined;
  for (const { meta, bound } of chunks.toReversed()) {
    const own =
      order === "newest"
        ? { time: meta.maxTime, id: meta.maxId }
        : { time: meta.minTime, id: meta.minId };
    const rest = furthest ?? own;
    furthest = sign * comparePositions(own, rest) > 0 ? own : rest;
    expect(sign * comparePositions(bound, furthest)).toBeGreaterThanOrEqual(0);
  }
  for (const [index, { bound }] of chunks.entries()) {
    const before = chunks[index - 1]?.bound ?? bound;
    expect(sign * comparePositions(before, bound)).toBeGreaterThanOrEqual(0);
  }
};

export const describeScan = (openStore: OpenStore): void => {
  describe("scan", () => {
    it.each(orders)(`${musts.scanIsWholeAndOrdered} (%s)`, async (order) => {
      await using opened = await openStore();
      const chunks = createMixedChunks();
      await opened.store.put(chunks.toReversed());
      const found = await readAll(opened.store, { tenant: "a", order });
      expect(idsOf(found).toSorted()).toEqual(idsOf(chunks).toSorted());
      expectBoundsHold(found, order);
    });

    it.each(orders)(`${musts.scanResumes} (%s)`, async (order) => {
      await using opened = await openStore();
      await opened.store.put(createMixedChunks());
      const all = await readAll(opened.store, { tenant: "a", order });
      for (const [index, { position }] of all.entries()) {
        expect(position).toMatch(/^[ -~]{1,100}$/);
        const rest = await readAll(opened.store, { tenant: "a", order, startAt: position });
        expect(idsOf(rest)).toEqual(idsOf(all.slice(index)));
      }
    });

    it.each(orders)("resumes inside a range of times, %s first", async (order) => {
      await using opened = await openStore();
      await opened.store.put(createMixedChunks());
      const range = { from: someTime, to: someDayBorder };
      const all = await readAll(opened.store, { tenant: "a", order, ...range });
      const middle = all[Math.floor(all.length / 2)];
      const startAt = middle?.position;
      const rest = await readAll(opened.store, { tenant: "a", order, ...range, startAt });
      expect(idsOf(rest)).toEqual(idsOf(all.slice(Math.floor(all.length / 2))));
    });

    it.each(orders)("refuses a position that it has not given out, %s first", async (order) => {
      await using opened = await openStore();
      await opened.store.put([createTestChunk()]);
      const reading = readAll(opened.store, { tenant: "a", order, startAt: "nowhere" });
      await expect(reading).rejects.toMatchObject({ code: "CURSOR_INVALID" });
    });

    it.each(orders)("yields what overlaps the range, %s first", async (order) => {
      await using opened = await openStore();
      const chunks = createMixedChunks();
      await opened.store.put(chunks);
      const times = new Set(chunks.flatMap(({ meta }) => [meta.minTime, meta.maxTime]));
      const borders = [...times].flatMap((time) => [Math.max(0, time - 1), time, time + 1]);
      for (const [index, from] of borders.entries()) {
        const to = borders[(index * 7) % borders.length]!;
        const overlapping = chunks.filter(
          ({ meta }) => from < to && meta.minTime < to && meta.maxTime >= from,
        );
        const found = await readAll(opened.store, { tenant: "a", order, from, to });
        // A store may yield a chunk that turns out to hold nothing of the range.
        const useful = found.filter(({ meta }) => meta.minTime < to && meta.maxTime >= from);
        expect(new Set(idsOf(found)).size).toBe(found.length);
        expect(idsOf(useful)).toEqual(expect.arrayContaining(idsOf(overlapping)));
      }
    });

    it.each(orders)("keeps tenants apart whose names begin alike, %s first", async (order) => {
      await using opened = await openStore();
      const chunks = tenantNames.flatMap((tenant, at) =>
        createTestChunks(5, (index) => ({ tenant, maxTime: someTime + index * 7 - at })),
      );
      await opened.store.put(chunks);
      for (const tenant of tenantNames) {
        const own = chunks.filter((chunk) => chunk.tenant === tenant);
        const found = await readAll(opened.store, { tenant, order });
        expect(found.map(({ meta }) => meta)).toEqual(
          expect.arrayContaining(own.map(({ meta }) => meta)),
        );
        expect(found).toHaveLength(own.length);
      }
      expect(await readAll(opened.store, { tenant: "c", order })).toEqual([]);
    });

    it.each(orders)("yields what was there once while chunks arrive, %s first", async (order) => {
      await using opened = await openStore();
      const { store } = opened;
      const before = createTestChunks(40, (index) => ({ maxTime: someTime + index * 100 }));
      await store.put(before);
      const found: StoredChunk[] = [];
      let arrived = 1000;
      for await (const slice of store.scan({
        ...everything,
        tenant: "a",
        order,
        onDamage: () => expect.unreachable(),
      })) {
        found.push(...slice);
        arrived += 1;
        await store.put([
          createTestChunk({ seed: arrived, maxTime: someTime + 50 }),
          createTestChunk({ seed: arrived, maxTime: someTime + 2000 }),
          createTestChunk({ seed: arrived, maxTime: someTime + 9999 }),
          createTestChunk({ seed: arrived, maxTime: someDayBorder + 9999 }),
        ]);
      }
      const ids = idsOf(found);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(idsOf(before)));
      expectBoundsHold(found, order);
    });

    it("begins with a small slice, so that a reader that stops early costs little", async () => {
      await using opened = await openStore();
      await opened.store.put(createTestChunks(300, (index) => ({ maxTime: someTime + index })));
      const slices = opened.store.scan({
        ...everything,
        tenant: "a",
        order: "newest",
        onDamage: () => expect.unreachable(),
      });
      for await (const slice of slices) {
        expect(slice.length).toBeLessThanOrEqual(32);
        break;
      }
    });

    it("returns the bytes of a chunk long after its scan ended", async () => {
      await using opened = await openStore();
      const chunks = createTestChunks(20, (index) => ({ maxTime: someTime + index * dayMs }));
      await opened.store.put(chunks);
      const found = await readAll(opened.store, { tenant: "a", order: "oldest" });
      await opened.store.put(createTestChunks(5, (index) => ({ maxTime: index * dayMs })));
      const read = await Promise.all(found.map((chunk) => chunk.bytes()));
      expect(read).toEqual(chunks.map(({ bytes }) => bytes));
    });
  });
};
