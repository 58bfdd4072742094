import { describe, expect, it } from "vitest";
import {
  createTestChunk,
  createTestChunks,
  someDayBorder,
  someTime,
  tenantNames,
} from "./chunks.ts";
import { musts } from "./musts.ts";
import { idsOf, type OpenStore, readAll } from "./test-store.ts";

export const describePut = (openStore: OpenStore): void => {
  describe("put", () => {
    it(musts.putNeverReplaces, async () => {
      await using opened = await openStore();
      const { store } = opened;
      const first = createTestChunk({ digest: "0123456789abcdef", size: 50 });
      const other = createTestChunk({ digest: "fedcba9876543210", size: 60 });
      expect(await store.put([first])).toEqual(["stored"]);
      expect(await store.put([first])).toEqual(["present"]);
      expect(await store.put([other])).toEqual(["conflict"]);
      const [kept, ...others] = await readAll(store, { tenant: "a" });
      expect(others).toEqual([]);
      expect(kept?.meta).toEqual(first.meta);
      expect(await kept?.bytes()).toEqual(first.bytes);
    });

    it("takes a chunk without a digest for the one that is there under its id", async () => {
      await using opened = await openStore();
      const { store } = opened;
      const first = createTestChunk({ size: 50 });
      expect(await store.put([first])).toEqual(["stored"]);
      expect(await store.put([createTestChunk({ size: 60 })])).toEqual(["present"]);
      expect(await store.put([createTestChunk({ digest: "0123456789abcdef" })])).toEqual([
        "conflict",
      ]);
      const [kept] = await readAll(store, { tenant: "a" });
      expect(await kept?.bytes()).toEqual(first.bytes);
    });

    it(musts.outcomesInOrder, async () => {
      await using opened = await openStore();
      const { store } = opened;
      const [late, early, between] = createTestChunks(3, (index) => ({
        maxTime: someDayBorder + [86_400_000, -86_400_000, 0][index]!,
        digest: "0123456789abcdef",
      }));
      const changed = createTestChunk({
        seed: 2,
        maxTime: someDayBorder - 86_400_000,
        digest: undefined,
      });
      await store.put([early!]);
      const outcomes = await store.put([late!, early!, between!, changed, late!]);
      expect(outcomes).toEqual(["stored", "present", "stored", "conflict", "present"]);
    });

    it("keeps a chunk of the same id for each tenant", async () => {
      await using opened = await openStore();
      const { store } = opened;
      const chunks = tenantNames.map((tenant, index) =>
        createTestChunk({ tenant, size: 10 + index }),
      );
      expect(await store.put(chunks)).toEqual(chunks.map(() => "stored"));
      for (const { tenant, bytes } of chunks) {
        const found = await readAll(store, { tenant });
        expect(found).toHaveLength(1);
        expect(await found[0]?.bytes()).toEqual(bytes);
      }
    });

    it("stores each chunk once when the same chunks are put many times at once", async () => {
      await using opened = await openStore();
      const { store } = opened;
      const chunks = createTestChunks(12, (index) => ({ maxTime: someTime + index }));
      const puts = chunks.map((_, index) => [...chunks.slice(index), ...chunks.slice(0, index)]);
      const outcomes = await Promise.all(puts.map((put) => store.put(put)));
      const stored = outcomes.flatMap((ofPut, put) =>
        ofPut.flatMap((outcome, at) => (outcome === "stored" ? [puts[put]![at]!] : [])),
      );
      expect(idsOf(stored).toSorted()).toEqual(idsOf(chunks).toSorted());
      expect(idsOf(await readAll(store, { tenant: "a", order: "oldest" }))).toEqual(idsOf(chunks));
    });

    it("returns the bytes of chunks of every size up to the limit", async () => {
      await using opened = await openStore();
      const { store } = opened;
      const { chunkBytesMax } = store.capabilities;
      const borders = [1, 64, 512, 1024, 2048, 4096, 8192, 16_384, 65_536, chunkBytesMax];
      const sizes = borders
        .flatMap((size) => [size - 40, size - 1, size, size + 1, size + 40])
        .filter((size) => size >= 1 && size <= chunkBytesMax);
      const chunks = createTestChunks(sizes.length, (index) => ({
        maxTime: someTime + index,
        size: sizes[index]!,
      }));
      await store.put(chunks);
      const found = await readAll(store, { tenant: "a", order: "oldest" });
      const read = await Promise.all(found.map((chunk) => chunk.bytes()));
      expect(read.map((bytes) => bytes.length)).toEqual(sizes);
      expect(read).toEqual(chunks.map(({ bytes }) => bytes));
    });

    it("refuses a chunk that it could not find again, and one that is too large", async () => {
      await using opened = await openStore();
      const { store } = opened;
      const good = createTestChunk({ maxTime: someTime + 5 });
      const refused = [
        { ...good, meta: { ...good.meta, minTime: someTime - 1 } },
        { ...good, meta: { ...good.meta, maxTime: someTime + 6 } },
        createTestChunk({ size: store.capabilities.chunkBytesMax + 1 }),
        createTestChunk({ size: 0 }),
      ];
      for (const chunk of refused) {
        await expect(store.put([chunk])).rejects.toMatchObject({ code: "INTERNAL" });
      }
      expect(await readAll(store, { tenant: "a" })).toEqual([]);
    });

    it("takes an empty list", async () => {
      await using opened = await openStore();
      expect(await opened.store.put([])).toEqual([]);
    });

    it("keeps its bytes when the writer's buffer changes or is taken away", async () => {
      await using opened = await openStore();
      const chunk = createTestChunk({ size: 100 });
      const before = chunk.bytes.slice();
      await opened.store.put([chunk]);
      chunk.bytes.fill(0);
      structuredClone(chunk.bytes.buffer, { transfer: [chunk.bytes.buffer] });
      const [kept] = await readAll(opened.store, { tenant: "a" });
      expect(await kept?.bytes()).toEqual(before);
    });
  });
};
