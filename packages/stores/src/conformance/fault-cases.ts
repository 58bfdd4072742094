import { expect, it } from "vitest";
import { follow, positionOfNow } from "./arrival-cases.ts";
import { createTestChunks, sameBytes, someTime } from "./chunks.ts";
import { type FaultPlan, untilDone, withFaults } from "./faults.ts";
import { someReservation } from "./reserve-cases.ts";
import { everything, idsOf, type OpenStore, readAll } from "./test-store.ts";

/** What must hold for a sender that tries again and a reader that goes on, whatever goes wrong in between. */
export const describeFaults = (openStore: OpenStore, plan: FaultPlan): void => {
  it("stores each chunk exactly once when the put is tried again", async () => {
    await using opened = await openStore();
    const store = withFaults(opened.store, plan);
    const chunks = createTestChunks(60, (index) => ({
      maxTime: someTime + index * 9_000_000,
      digest: "0123456789abcdef",
    }));
    for (const start of [0, 20, 40]) {
      const part = chunks.slice(start, start + 20);
      const outcomes = await untilDone(() => store.put(part));
      expect(outcomes).not.toContain("conflict");
    }
    const found = await readAll(opened.store, { tenant: "a", order: "oldest" });
    expect(idsOf(found)).toEqual(idsOf(chunks));
    const read = await Promise.all(found.map((chunk) => chunk.bytes()));
    expect(read.every((bytes, index) => sameBytes(bytes, chunks[index]!.bytes))).toBe(true);
  });

  it("returns the caller's own value when the reservation is tried again", async () => {
    await using opened = await openStore();
    const store = withFaults(opened.store, plan);
    expect(await untilDone(() => store.reserve(someReservation))).toBe("first");
    const second = { ...someReservation, value: "second" };
    expect(await untilDone(() => store.reserve(second))).toBe("first");
  });

  it("finds an entry when the look-up is tried again", async () => {
    await using opened = await openStore();
    const store = withFaults(opened.store, plan);
    const [chunk] = createTestChunks(1, () => ({}));
    await opened.store.put([chunk!]);
    const found = await untilDone(() => store.get("a", chunk!.meta.id));
    expect(found?.meta).toEqual(chunk?.meta);
  });

  it("returns what arrived to a tail that goes on", async () => {
    await using opened = await openStore();
    const store = withFaults(opened.store, plan);
    const start = await untilDone(() => positionOfNow(store));
    const maxTime = opened.clock?.now() ?? someTime;
    const chunks = createTestChunks(5, () => ({ maxTime }));
    await opened.store.put(chunks);
    const arrivals: typeof store.arrivals = (...call) => untilDone(() => store.arrivals(...call));
    const { ids } = await follow({ ...store, arrivals }, start, 2);
    expect(ids.toSorted()).toEqual(idsOf(chunks).toSorted());
  });

  it.each(["newest", "oldest"] as const)(
    "yields each chunk once to a reader that goes on, %s first",
    async (order) => {
      await using opened = await openStore();
      const store = withFaults(opened.store, plan);
      const chunks = createTestChunks(70, (index) => ({ maxTime: someTime + index * 10_000 }));
      await opened.store.put(chunks);
      const found = new Map<string, number>();
      let startAt: string | undefined;
      await untilDone(async () => {
        const onDamage = () => expect.unreachable();
        for await (const slice of store.scan({
          ...everything,
          tenant: "a",
          order,
          startAt,
          onDamage,
        })) {
          for (const { meta, position } of slice) {
            // The chunk at which a scan goes on comes a second time.
            const timesExpected = position === startAt ? 1 : 0;
            expect(found.get(meta.id) ?? 0).toBe(timesExpected);
            found.set(meta.id, 1);
          }
          startAt = slice.at(-1)?.position;
        }
      });
      expect([...found.keys()].toSorted()).toEqual(idsOf(chunks).toSorted());
    },
  );
};
