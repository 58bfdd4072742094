import type { LogService } from "@log-service/core/service";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withChangedBytes } from "../../harness/changed-bytes.ts";
import { openAgeingDynamo, openAgeingMemory, openAgeingSqlite } from "../../harness/compaction.ts";
import {
  all,
  countOf,
  createTestEraser,
  everything,
  filterOf,
  ingest,
} from "../../harness/erasure.ts";
import { createTestService, fixedNow } from "../../harness/service.ts";

const hourMs = 3_600_000;

const nothing = async () => undefined;
interface Found {
  readonly logId: string;
  readonly timestamp: string;
  readonly message: string;
  readonly attributes: { readonly player: string; readonly text: string };
}

const readPages = async (
  service: LogService,
  tenant: string,
  interrupt: (page: number) => Promise<void> = async () => undefined,
): Promise<Found[]> => {
  const read: Found[] = [];
  let cursor: string | undefined;
  for (let page = 0; page === 0 || cursor !== undefined; page++) {
    await interrupt(page);
    const request = { ...everything, filter: all, order: "newest", limit: 7 } as const;
    const answer = await service.search(tenant, { ...request, cursor, parameters: {} });
    read.push(...answer.lines.map((line): Found => JSON.parse(line)));
    cursor = answer.nextCursor ?? undefined;
    expect(page).toBeLessThan(1000);
  }
  return read;
};

// Few times, close to borders of minutes and hours.
const times = fc.oneof(
  fc.integer({ min: fixedNow - 20, max: fixedNow }),
  fc.integer({ min: fixedNow - 180_000, max: fixedNow }),
  fc.integer({ min: fixedNow - 2 * hourMs, max: fixedNow }),
);

const sent = fc.array(
  fc.array(fc.record({ timestamp: times, player: fc.nat(3) }), { minLength: 1, maxLength: 12 }),
  { minLength: 1, maxLength: 12 },
);

const requests = fc.record({
  from: fc.option(times, { nil: 0 }),
  to: fc.option(times, { nil: 2 ** 48 }),
  player: fc.nat(4),
  query: fc.constantFrom(
    (player: number) => `player:p-${player}`,
    (player: number) => `"p-${player} did"`,
    (player: number) => `NOT text:*p-${player}`,
    (player: number) => (player === 0 ? "severity:error" : "*"),
  ),
});

const stores = [
  ["memory", openAgeingMemory, 15],
  ["sqlite", openAgeingSqlite, 5],
  ["dynamodb", openAgeingDynamo, 3],
] as const;

describe.each(stores)("erasure in the %s store", (_, openStore, numRuns) => {
  it("removes exactly what matches, and changes no other entry, id, page, count or tenant", async () => {
    await fc.assert(
      fc.asyncProperty(
        sent,
        requests,
        fc.nat(4),
        fc.constantFrom("before" as const, "after" as const, "never" as const),
        async (batches, { from, to, player, query }, pagesBefore, merging) => {
          await using opened = await openStore();
          await using service = createTestService({ store: opened.store });
          await using eraser = createTestEraser(opened);
          for (const [number, batch] of batches.entries()) {
            await ingest(service, "game-1", batch, `key-${number}`);
            await ingest(service, "game-2", batch);
          }
          const before = await readPages(service, "game-1");
          const others = await readPages(service, "game-2");
          const filter = filterOf(query(player));
          const range = { from, to: Math.max(from, to) };
          const matching = await service.search("game-1", {
            ...range,
            filter,
            order: "newest",
            limit: 1000,
            cursor: undefined,
            parameters: {},
          });
          const erased = new Set(matching.lines.map((line): string => JSON.parse(line).logId));
          const left = before.filter(({ logId }) => !erased.has(logId));
          await opened.age();
          await { before: opened.compact, after: nothing, never: nothing }[merging]();
          const pages = await readPages(service, "game-1", async (page) => {
            const erase = () => eraser.erase("game-1", { ...range, filter });
            await { [pagesBefore]: erase }[page]?.();
          });
          const seen = before.slice(0, 7 * pagesBefore);
          const isSeen = ({ logId }: Found) => seen.some((one) => one.logId === logId);
          expect(pages).toEqual(before.filter((one) => isSeen(one) || !erased.has(one.logId)));
          const report = await eraser.erase("game-1", { ...range, filter });
          expect(report).toMatchObject({ state: "done", left: [], remaining: 0 });
          await { after: opened.compact, before: nothing, never: nothing }[merging]();
          // Sent once more with their keys, they do not come back.
          for (const [number, batch] of batches.entries())
            await ingest(service, "game-1", batch, `key-${number}`);
          expect(await readPages(service, "game-1")).toEqual(left);
          expect(await countOf(service, "game-1")).toBe(left.length);
          expect(await readPages(service, "game-2")).toEqual(others);
          for (const { logId, message } of left)
            expect(JSON.parse(await service.get("game-1", logId))).toMatchObject({ message });
          for (const logId of erased)
            await expect(service.get("game-1", logId)).rejects.toMatchObject({
              code: "ENTRY_NOT_FOUND",
            });
        },
      ),
      { numRuns },
    );
  });

  it("takes two at once, also over the same entries", async () => {
    await using opened = await openStore();
    await using service = createTestService({ store: opened.store });
    await using eraser = createTestEraser(opened);
    const batch = [0, 1, 2, 3].map((player) => ({ timestamp: fixedNow, player }));
    for (let number = 0; number < 5; number++) await ingest(service, "game-1", batch);
    await opened.age();
    const erase = (q: string) => eraser.erase("game-1", { ...everything, filter: filterOf(q) });
    const ends = await Promise.all(
      ["player:(p-1 OR p-2)", "player:(p-2 OR p-3)", "player:p-2"].map(erase),
    );
    expect(ends.map(({ state }) => state)).toEqual(["done", "done", "done"]);
    expect(ends.reduce((sum, { erased }) => sum + erased, 0)).toBe(15);
    expect(await countOf(service, "game-1")).toBe(5);
  });

  it("reports a damaged chunk, and erases the others", async () => {
    await using opened = await openStore();
    await using service = createTestService({ store: opened.store });
    const batch = [0, 1].map((player) => ({ timestamp: fixedNow, player }));
    for (let number = 0; number < 3; number++) await ingest(service, "game-1", batch);
    await opened.age();
    const [victim] = await readPages(service, "game-1");
    const damagedId = victim?.logId.slice(0, 31);
    const store = withChangedBytes(opened.store, (bytes, { meta }) =>
      meta.id.slice(0, 31) === damagedId
        ? bytes.map((byte, at) => (at > 40 ? byte ^ 0x11 : byte))
        : bytes,
    );
    await using eraser = createTestEraser(opened, { store });
    const request = { ...everything, filter: filterOf("player:p-1") };
    expect(await eraser.erase("game-1", request)).toMatchObject({
      state: "failed",
      erased: 2,
      left: [{ part: expect.stringContaining(`the chunk ${damagedId}`) }],
      leftCount: 1,
    });
  });
});

describe.each(stores.slice(0, 2))(
  "erasure in the %s store, where chunks are replaced",
  (_, openStore) => {
    it("waits for what has just arrived, and covers what arrives meanwhile", async () => {
      await using opened = await openStore();
      await using service = createTestService({ store: opened.store });
      let pace = 0;
      const pass = (ms: number) => opened.pass(ms * pace);
      await using eraser = createTestEraser({ ...opened, pass });
      const batch = [0, 1, 2].map((player) => ({ timestamp: fixedNow, player }));
      await ingest(service, "game-1", batch);
      const { id } = await eraser.erasures.erase("game-1", {
        ...everything,
        filter: filterOf("player:p-1"),
      });
      for (let number = 0; number < 5; number++) {
        await ingest(service, "game-1", batch);
        await opened.compact();
      }
      // Time stands still until all of it is there: for more than half an hour it does not wait.
      pace = 1;
      expect(await eraser.ended(id)).toMatchObject({ state: "done", erased: 6, remaining: 0 });
      expect(await countOf(service, "game-1")).toBe(12);
    });
  },
);
