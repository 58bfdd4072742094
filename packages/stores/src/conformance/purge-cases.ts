import { arrivalsKeptMs } from "@log-service/core";
import { describe, expect, it } from "vitest";
import { floorToMinute } from "../chunk-rules.ts";
import { createTestChunks, someTime } from "./chunks.ts";
import { age, mergeAll } from "./merging.ts";
import { musts } from "./musts.ts";
import { everything, type OpenStore } from "./test-store.ts";

/** For stores whose chunks can be replaced. */
export const describePurge = (openStore: OpenStore): void => {
  describe("purge", () => {
    it(musts.purgeLeavesNothing, async () => {
      await using opened = await openStore();
      const { store, clock } = opened;
      const hour = floorToMinute(someTime);
      const chunks = createTestChunks(40, (index) => ({
        maxTime: hour + index * 1000,
        size: 100 + ((index * 71) % 600),
      }));
      const kept = createTestChunks(20, (index) => ({ maxTime: hour + index, seed: 100 + index }));
      await store.put([...chunks, ...kept]);
      await age(store, clock);
      // Once merged, and once left out altogether.
      const merged = mergeAll(chunks);
      expect(await store.replace(merged)).toBe("replaced");
      const tenant = merged.tenant;
      const old = merged.chunks.map(({ meta }) => meta);
      expect(await store.replace({ tenant, old, chunks: [] })).toBe("replaced");
      const replacedTo = clock?.now() ?? 0;
      const request = { ...everything, replacedTo, onDamage: () => expect.unreachable() };
      expect(["done", "later"]).toContain(await store.purge(request));
      clock?.pass(arrivalsKeptMs);
      expect(await store.purge(request)).toBe("done");
      const isHeld = opened.isHeld ?? (() => false);
      const filters = merged.chunks.flatMap(({ filter }) => filter ?? []);
      expect(filters).toHaveLength(1);
      const gone = [...[...chunks, ...merged.chunks].map(({ bytes }) => bytes), ...filters];
      expect(gone.filter(isHeld)).toEqual([]);
      expect(kept.filter(({ bytes }) => opened.isHeld?.(bytes) === false)).toEqual([]);
    });
  });
};
