import {
  type Arrivals,
  type ArrivalsRequest,
  arrivalsKeptMs,
  type ChunkStore,
  type TenantChunk,
} from "@log-service/core";
import { describe, expect, it } from "vitest";
import { floorToMinute, timeMax } from "../chunk-rules.ts";
import { createTestChunk, createTestChunks, someDayBorder, someTime } from "./chunks.ts";
import { age, mergeAll } from "./merging.ts";
import { musts } from "./musts.ts";
import { idsOf, type OpenStore, type TestStore } from "./test-store.ts";

export type ArrivalKind = ChunkStore["capabilities"]["arrivals"];

const arrivals = (store: ChunkStore, request: Partial<ArrivalsRequest> = {}): Promise<Arrivals> =>
  store.arrivals({
    tenant: "a",
    after: undefined,
    limit: 1000,
    onDamage: () => expect.unreachable(),
    ...request,
  });

export const positionOfNow = async (store: ChunkStore, tenant = "a"): Promise<string> =>
  (await arrivals(store, { tenant })).positionAfter(0);

/** Reads on until nothing is left, and keeps in mind where each chunk ended. */
export const follow = async (store: ChunkStore, after: string, limit: number) => {
  const ids: string[] = [];
  const positions: string[] = [];
  let position = after;
  for (let hasMore = true; hasMore; ) {
    const page = await arrivals(store, { after: position, limit });
    expect(page.chunks.length).toBeLessThanOrEqual(limit);
    expect(page.hasGap).toBe(false);
    for (const index of page.chunks.keys()) positions.push(page.positionAfter(index + 1));
    ids.push(...idsOf(page.chunks));
    position = page.positionAfter(page.chunks.length);
    hasMore = page.hasMore;
  }
  return { ids, positions, position };
};

/** Times at which chunks may arrive: any where arrivals are exact, the last seconds where they are bounded. */
const timesOf: Readonly<Record<ArrivalKind, (opened: TestStore) => number[]>> = {
  exact: () => [someTime, 0, timeMax, someTime, someDayBorder, someDayBorder - 1, someTime - 1],
  bounded: ({ clock }) => {
    const now = clock?.now() ?? 0;
    return [0, 90, 10, 0, 4000, 500, -3000].map((before) => now - before);
  },
};

/** Chunks with different ids in batches of three, each batch at one of the times. */
const createBatches = (opened: TestStore, kind: ArrivalKind, from = 1): TenantChunk[][] => {
  const times = timesOf[kind](opened);
  const chunks = createTestChunks(times.length * 3, (index) => ({
    seed: from + index,
    maxTime: times[Math.floor(index / 3)]!,
  }));
  return times.map((_, index) => chunks.slice(index * 3, index * 3 + 3));
};

/** In the order of arrival where that is known, else in any one order. */
const inOrder = (kind: ArrivalKind, ids: readonly string[]) =>
  kind === "exact" ? ids : ids.toSorted();

const describeGap: Readonly<Record<ArrivalKind, (openStore: OpenStore) => void>> = {
  exact: (openStore) => {
    it(`${musts.gapsAreTold} (a position of another store)`, async () => {
      await using lost = await openStore();
      await using opened = await openStore();
      await lost.store.put([createTestChunk()]);
      const after = await positionOfNow(lost.store);
      await opened.store.put([createTestChunk({ seed: 2 })]);
      const page = await arrivals(opened.store, { after });
      expect(page).toMatchObject({ chunks: [], hasGap: true, hasMore: false });
      await opened.store.put([createTestChunk({ seed: 3 })]);
      const { ids } = await follow(opened.store, page.positionAfter(0), 10);
      expect(ids).toEqual([createTestChunk({ seed: 3 }).meta.id]);
    });

    it(`${musts.gapsAreTold} (chunks behind the position were merged)`, async () => {
      await using opened = await openStore();
      const { store } = opened;
      const before = await positionOfNow(store);
      const chunks = createTestChunks(3, (index) => ({ maxTime: someTime + index }));
      await store.put(chunks);
      const page = await arrivals(store, { after: before });
      const [midway, behind] = [page.positionAfter(2), page.positionAfter(3)];
      await age(store, opened.clock);
      expect(await store.replace(mergeAll(chunks))).toBe("replaced");
      const expectTold = async (told: ChunkStore) => {
        for (const after of [before, midway])
          expect(await arrivals(told, { after })).toMatchObject({ chunks: [], hasGap: true });
        expect(await arrivals(told, { after: behind })).toMatchObject({ hasGap: false });
      };
      await expectTold(store);
      await expectTold((await opened.reopen?.()) ?? store);
    });
  },
  bounded: (openStore) => {
    it(`${musts.gapsAreTold} (a position that is too old)`, async () => {
      await using opened = await openStore();
      const after = await positionOfNow(opened.store);
      opened.clock?.pass(arrivalsKeptMs - 1000);
      expect((await arrivals(opened.store, { after })).hasGap).toBe(false);
      opened.clock?.pass(1001);
      expect(await arrivals(opened.store, { after })).toMatchObject({ chunks: [], hasGap: true });
    });

    it("finds what arrives late as long as it looks so far back", async () => {
      await using opened = await openStore();
      const { store, clock } = opened;
      const start = clock?.now() ?? 0;
      let position = await positionOfNow(store);
      clock?.pass(30_000);
      ({ position } = await follow(store, position, 10));
      await store.put([createTestChunk({ maxTime: start + 10_000 })]);
      expect(await follow(store, position, 10)).toMatchObject({ ids: [] });
      clock?.pass(31_000);
      const late = await follow(store, position, 10);
      expect(late.ids).toEqual([createTestChunk({ maxTime: start + 10_000 }).meta.id]);
      clock?.pass(61_000);
      expect(await follow(store, late.position, 10)).toMatchObject({ ids: [] });
    });
  },
};

const describeListeners = (openStore: OpenStore): void => {
  it(musts.listenersAreTold, async () => {
    await using opened = await openStore();
    const { store } = opened;
    let calls = 0;
    const subscription = store.onArrival("a", () => {
      calls += 1;
    });
    await store.put([createTestChunk(), createTestChunk({ maxTime: someDayBorder })]);
    expect(calls).toBe(1);
    await store.put([createTestChunk(), createTestChunk({ tenant: "a-", seed: 9 })]);
    await positionOfNow(store);
    expect(calls).toBe(1);
    await store.put([createTestChunk({ tenant: "b" }), createTestChunk({ seed: 2 })]);
    expect(calls).toBe(2);
    subscription[Symbol.dispose]();
    await store.put([createTestChunk({ seed: 3 })]);
    expect(calls).toBe(2);
  });
};

/** The store's position for a reader, while others put: nothing is missed, nothing comes twice. */
const describeConcurrency = (openStore: OpenStore, kind: ArrivalKind): void => {
  it("passes over nothing while chunks arrive", async () => {
    await using opened = await openStore();
    const { store } = opened;
    let position = await positionOfNow(store);
    const batches = createBatches(opened, kind);
    const ids: string[] = [];
    const readOn = async () => {
      const read = await follow(store, position, 2);
      ids.push(...read.ids);
      ({ position } = read);
    };
    const [whole = [], ...parts] = [batches.slice(0, 3).flat(), ...batches.slice(3)];
    const putting = Promise.all([whole, ...parts].map((batch) => store.put(batch)));
    for (let round = 0; round < 10; round++) await readOn();
    await putting;
    await readOn();
    expect(ids.toSorted()).toEqual(idsOf(batches.flat()).toSorted());
  });
};

export const describeArrivals = (openStore: OpenStore, kind: ArrivalKind): void => {
  describe("arrivals", () => {
    it(musts.arrivalsAreWhole, async () => {
      await using opened = await openStore();
      const { store } = opened;
      expect(store.capabilities.arrivals).toBe(kind);
      for (const batch of createBatches(opened, kind)) await store.put(batch);
      const start = await positionOfNow(store);
      const batches = createBatches(opened, kind, 100);
      for (const batch of batches) await store.put(batch);
      const { ids, positions, position } = await follow(store, start, 4);
      expect(inOrder(kind, ids)).toEqual(inOrder(kind, idsOf(batches.flat())));
      for (const [index, after] of positions.entries()) {
        expect(after).toMatch(/^[\w.-]{1,1500}$/);
        const rest = await follow(store, after, 5);
        expect(rest.ids).toEqual(ids.slice(index + 1));
      }
      expect((await follow(store, position, 5)).ids).toEqual([]);
    });

    it("goes on in the middle of a page", async () => {
      await using opened = await openStore();
      const { store } = opened;
      const start = await positionOfNow(store);
      const batches = createBatches(opened, kind);
      for (const batch of batches) await store.put(batch);
      const page = await arrivals(store, { after: start, limit: 8 });
      const rest = await follow(store, page.positionAfter(3), 100);
      expect([...idsOf(page.chunks.slice(0, 3)), ...rest.ids].toSorted()).toEqual(
        idsOf(batches.flat()).toSorted(),
      );
      expect((await follow(store, page.positionAfter(0), 3)).ids).toHaveLength(
        batches.flat().length,
      );
    });

    it(musts.repeatsDoNotArrive, async () => {
      await using opened = await openStore();
      const [batch = []] = createBatches(opened, kind);
      const start = await positionOfNow(opened.store);
      await opened.store.put(batch);
      const { position } = await follow(opened.store, start, 10);
      await opened.store.put(batch);
      expect((await follow(opened.store, position, 10)).ids).toEqual([]);
    });

    it("returns chunks with their bytes, and those of other tenants never", async () => {
      await using opened = await openStore();
      const { store } = opened;
      const after = await positionOfNow(store);
      const [batch = [], other = []] = createBatches(opened, kind);
      await store.put([...batch, ...other.map((chunk) => ({ ...chunk, tenant: "a-b" }))]);
      const { chunks } = await arrivals(store, { after });
      const sorted = chunks.toSorted((a, b) => (a.meta.id < b.meta.id ? -1 : 1));
      const expected = batch.toSorted((a, b) => (a.meta.id < b.meta.id ? -1 : 1));
      expect(sorted.map(({ meta }) => meta)).toEqual(expected.map(({ meta }) => meta));
      const bytes = await Promise.all(sorted.map((chunk) => chunk.bytes()));
      expect(bytes).toEqual(expected.map((chunk) => chunk.bytes));
    });

    it.each(["", "nowhere", "1.2.AAAA.", "1.2.AAAAAAAAAAAAAAAAAAAAAA.AAAA", "-", "a-", "~"])(
      "refuses the position %j",
      async (after) => {
        await using opened = await openStore();
        await expect(arrivals(opened.store, { after })).rejects.toMatchObject({
          code: "CURSOR_INVALID",
        });
      },
    );

    it("follows a burst of one millisecond", async () => {
      await using opened = await openStore();
      const { store, clock } = opened;
      const start = await positionOfNow(store);
      const maxTime = clock?.now() ?? floorToMinute(someTime);
      const chunks = createTestChunks(130, () => ({ maxTime }));
      await store.put(chunks);
      const { ids } = await follow(store, start, 40);
      expect(ids.toSorted()).toEqual(idsOf(chunks).toSorted());
    });

    describeConcurrency(openStore, kind);
    describeGap[kind](openStore);
  });
  if (kind === "exact") describeListeners(openStore);
};

/** For stores that keep what they hold. */
export const describeDurableArrivals = (openStore: OpenStore, kind: ArrivalKind): void => {
  it(musts.positionsStayGood, async () => {
    await using opened = await openStore();
    const [first = [], second = [], third = [], ...others] = createBatches(opened, kind);
    await opened.store.put(first);
    const start = await positionOfNow(opened.store);
    await opened.store.put(second);
    const store = await opened.reopen?.();
    await store?.put(third);
    const { ids, position } = await follow(store!, start, 2);
    expect(inOrder(kind, ids)).toEqual(inOrder(kind, idsOf([...second, ...third])));
    const again = await opened.reopen?.();
    for (const batch of others) await again?.put(batch);
    const rest = await follow(again!, position, 100);
    expect(inOrder(kind, rest.ids)).toEqual(inOrder(kind, idsOf(others.flat())));
  });
};
