import { describe, expect, it } from "vitest";
import { createTestChunks, someTime } from "./chunks.ts";
import { musts } from "./musts.ts";
import { someReservation } from "./reserve-cases.ts";
import { type OpenStore, readAll } from "./test-store.ts";

/** For stores that keep what they hold. What a crash leaves is tested beside each store. */
export const describeDurable = (openStore: OpenStore): void => {
  describe("when it is opened again", () => {
    it(musts.putIsDurable, async () => {
      await using opened = await openStore();
      const chunks = createTestChunks(30, (index) => ({
        maxTime: someTime + index * 40_000_000,
        digest: ["0123456789abcdef", undefined][index % 2],
      }));
      await opened.store.put(chunks);
      const store = await opened.reopen?.();
      const found = await readAll(store!, { tenant: "a", order: "oldest" });
      expect(found.map(({ meta }) => meta)).toEqual(chunks.map(({ meta }) => meta));
      expect(await store?.put(chunks)).toEqual(chunks.map(() => "present"));
    });

    it(musts.reserveIsKept, async () => {
      await using opened = await openStore();
      await opened.store.reserve(someReservation);
      const store = await opened.reopen?.();
      expect(await store?.reserve({ ...someReservation, value: "second" })).toBe("first");
      const anew = { ...someReservation, value: "third", now: 3000, expiresAt: 4000 };
      expect(await store?.reserve(anew)).toBe("third");
    });
  });
};
