import type { Reservation } from "@log-service/core";
import { describe, expect, it } from "vitest";
import { musts } from "./musts.ts";
import type { OpenStore } from "./test-store.ts";

export const someReservation: Reservation = {
  tenant: "a",
  key: "order-1",
  value: "first",
  now: 1000,
  expiresAt: 2000,
};

export const describeReserve = (openStore: OpenStore): void => {
  describe("reserve", () => {
    it("returns the value that the key holds", async () => {
      await using opened = await openStore();
      const { store } = opened;
      expect(await store.reserve(someReservation)).toBe("first");
      expect(await store.reserve({ ...someReservation, value: "second" })).toBe("first");
    });

    it("holds the key until it expires, and lets it be taken anew then", async () => {
      await using opened = await openStore();
      const { store } = opened;
      await store.reserve(someReservation);
      const later = { ...someReservation, value: "second", expiresAt: 5000 };
      expect(await store.reserve({ ...later, now: 1999 })).toBe("first");
      expect(await store.reserve({ ...later, now: 2000 })).toBe("second");
      expect(await store.reserve({ ...later, value: "third", now: 4999 })).toBe("second");
    });

    it(musts.reserveHasOneWinner, async () => {
      await using opened = await openStore();
      const { store } = opened;
      const values = Array.from({ length: 50 }, (_, index) => `value-${index}`);
      const held = await Promise.all(
        values.map((value) => store.reserve({ ...someReservation, value })),
      );
      expect(new Set(held).size).toBe(1);
      expect(values).toContain(held[0]);
      const after = await store.reserve({ ...someReservation, value: "late" });
      expect(after).toBe(held[0]);
    });

    it("keeps keys and tenants apart that could be confused when joined", async () => {
      await using opened = await openStore();
      const { store } = opened;
      const pairs = [
        ["a", "b-c"],
        ["a-b", "c"],
        ["a", "b"],
        ["a", "B"],
        ["a", ""],
        ["a", "b\u0000"],
        ["a", "b "],
        ["a", "ü".repeat(200)],
        ["a", "%_'\"\\"],
      ] as const;
      for (const [tenant, key] of pairs) {
        const value = JSON.stringify([tenant, key]);
        expect(await store.reserve({ ...someReservation, tenant, key, value })).toBe(value);
      }
      for (const [tenant, key] of pairs) {
        const held = await store.reserve({ ...someReservation, tenant, key, value: "other" });
        expect(held).toBe(JSON.stringify([tenant, key]));
      }
    });

    it("keeps a long value as it is", async () => {
      await using opened = await openStore();
      const value = '{"ids": "\u{1f600}"}'.repeat(1000);
      expect(await opened.store.reserve({ ...someReservation, value })).toBe(value);
      expect(await opened.store.reserve({ ...someReservation, value: "" })).toBe(value);
    });
  });
};
