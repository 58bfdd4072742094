import { createChunkId, logIdAt } from "@log-service/core";
import { describe, expect, it } from "vitest";
import { timeMax } from "../chunk-rules.ts";
import { createTestChunk, createTestChunks, someTime } from "./chunks.ts";
import { musts } from "./musts.ts";
import type { OpenStore } from "./test-store.ts";

export const describeGet = (openStore: OpenStore): void => {
  describe("get", () => {
    it("finds the chunk of each of its entries, and of no other id", async () => {
      await using opened = await openStore();
      const { store } = opened;
      const times = [0, someTime, someTime, someTime + 1, timeMax];
      const chunks = times.map((maxTime, ordinal) =>
        createTestChunk({ maxTime, ordinal, count: 3, size: 20 + ordinal }),
      );
      await store.put(chunks);
      for (const { meta, bytes } of chunks) {
        for (const index of [0, 1, 2]) {
          const found = await store.get("a", logIdAt(meta.id, index));
          expect(found?.meta).toEqual(meta);
          expect(await found?.bytes()).toEqual(bytes);
        }
        expect(await store.get("a", logIdAt(meta.id, 3))).toBeUndefined();
      }
    });

    it("finds nothing for an id that was never given out", async () => {
      await using opened = await openStore();
      const { store } = opened;
      await store.put(createTestChunks(3, (index) => ({ maxTime: someTime + index, count: 5 })));
      const unknown = [
        createChunkId(someTime, { high: 7, low: 7 }, 0),
        createChunkId(someTime + 1, { high: 1, low: 1 }, 0),
        createChunkId(someTime, { high: 1, low: 1 }, 1),
        createChunkId(0, { high: 1, low: 1 }, 0),
        createChunkId(timeMax, { high: 1, low: 1 }, 0),
        "nonsense",
        "",
      ];
      for (const logId of unknown) expect(await store.get("a", logId)).toBeUndefined();
    });

    it(musts.getKeepsTenantsApart, async () => {
      await using opened = await openStore();
      const { store } = opened;
      const chunk = createTestChunk({ tenant: "a-b" });
      await store.put([chunk, createTestChunk({ tenant: "a", seed: 2 })]);
      expect(await store.get("a", chunk.meta.id)).toBeUndefined();
      expect(await store.get("a-", chunk.meta.id)).toBeUndefined();
      expect(await store.get("never-seen", chunk.meta.id)).toBeUndefined();
      expect((await store.get("a-b", chunk.meta.id))?.meta).toEqual(chunk.meta);
    });
  });
};
