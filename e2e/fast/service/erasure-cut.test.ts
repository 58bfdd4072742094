import type { ChunkStore } from "@log-service/core";
import type { ErasureRecord, ErasureStore } from "@log-service/core/service";
import { createMemoryErasures } from "@log-service/stores/memory";
import { expect, it } from "vitest";
import {
  type AgeingStore,
  openAgeingDynamo,
  openAgeingMemory,
  openAgeingSqlite,
} from "../../harness/compaction.ts";
import { countOf, createTestEraser, everything, filterOf, ingest } from "../../harness/erasure.ts";
import { createTestService, fixedNow } from "../../harness/service.ts";

const hourMs = 3_600_000;

const asked: ErasureRecord = {
  ...everything,
  filter: filterOf("player:p-1"),
  id: "cut",
  tenant: "game-1",
  state: "running",
  createdAt: 0,
  erased: 0,
  chunks: 0,
  remaining: 0,
  left: [],
  leftCount: 0,
};

/** Erases with a store and records of which one call fails, before or after its effect, and all behind it. */
const eraseUntilCut = async (opened: AgeingStore, records: ErasureStore, cutAt: number) => {
  let calls = 0;
  const cut = Promise.withResolvers<unknown>();
  const failing = async <T>(call: () => Promise<T>): Promise<T> => {
    const place = calls++;
    if (place > cutAt) throw new Error("the process is gone");
    if (place === cutAt && place % 2 === 0) await call();
    if (place === cutAt) throw new Error("cut off here");
    return await call();
  };
  const store: ChunkStore = {
    ...opened.store,
    replace: (...args) => failing(() => opened.store.replace(...args)),
    rewrite: (...args) => failing(() => opened.store.rewrite(...args)),
    purge: (...args) => failing(() => opened.store.purge(...args)),
  };
  const put: ErasureStore["put"] = (record) => failing(() => records.put(record));
  const onFailure = cut.resolve;
  await using eraser = createTestEraser(opened, { store, records: { ...records, put }, onFailure });
  await Promise.race([cut.promise, eraser.ended(asked.id)]);
  return calls;
};

it.each([
  ["memory", openAgeingMemory, 1],
  ["sqlite", openAgeingSqlite, 3],
  ["dynamodb", openAgeingDynamo, 1],
] as const)(
  "an erasure in the %s store goes on with the right counts, wherever it was cut off",
  async (_, openStore, step) => {
    const batches = [0, 1, 2].map((hour) =>
      [0, 1, 2].map((player) => ({ timestamp: fixedNow - hour * hourMs, player })),
    );
    let isCut = true;
    let cutAt = 0;
    for (; isCut; cutAt += step) {
      await using opened = await openStore();
      await using service = createTestService({ store: opened.store });
      for (const batch of batches) await ingest(service, "game-1", batch);
      await opened.age();
      const records = createMemoryErasures();
      await records.put(asked);
      isCut = (await eraseUntilCut(opened, records, cutAt)) > cutAt;
      await using second = createTestEraser(opened, { records });
      const running = await records.running();
      await Promise.all(running.map(({ id }) => second.ended(id)));
      const end = await records.get("game-1", "cut");
      expect(end).toMatchObject({ state: "done", erased: 3, chunks: 3, left: [] });
      expect(end?.filter).toBeUndefined();
      expect(await countOf(service, "game-1")).toBe(6);
    }
    // A step is written down, then done; three of them, the removal from the files, and the end.
    expect(cutAt).toBeGreaterThan(8);
  },
);
