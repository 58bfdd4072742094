import { randomUUID } from "node:crypto";
import type { ErasureRecord } from "@log-service/core/service";
import { describe, expect, it } from "vitest";
import { createDynamoErasures } from "./erasures.ts";
import { createFakeDynamo } from "./test/fake-dynamodb.ts";
import { createTestClock, createTestOptions } from "./test/test-options.ts";

const open = () => {
  const fake = createFakeDynamo();
  const clock = createTestClock();
  const options = createTestOptions({ fetch: fake.fetch, now: clock.now });
  return { fake, clock, records: createDynamoErasures(options) };
};

const recordOf = (changes: Partial<ErasureRecord> = {}): ErasureRecord => ({
  id: randomUUID(),
  tenant: "game-1",
  state: "running",
  from: 0,
  to: 1,
  filter: { op: "all" },
  createdAt: 1,
  erased: 0,
  chunks: 0,
  remaining: 0,
  left: [],
  leftCount: 0,
  ...changes,
});

describe("erasures in the table", () => {
  it("are kept, and found by their tenant only", async () => {
    const { records } = open();
    const own = [recordOf({ createdAt: 2 }), recordOf({ createdAt: 1 })];
    const other = recordOf({ tenant: "game" });
    for (const record of [...own, other]) await records.put(record);
    expect(await records.running("game-1")).toEqual(own.toReversed());
    expect(await records.running("game")).toEqual([other]);
    expect(await records.get("game-1", own[0]!.id)).toEqual(own[0]);
    expect(await records.get("game", own[0]!.id)).toBeUndefined();
    for (const id of ["", "unknown", randomUUID(), `${own[0]!.id}0`, "\0"])
      expect(await records.get("game-1", id)).toBeUndefined();
  });

  it("leave nothing of what was asked for when they end, and their report for 400 days", async () => {
    const { records, fake, clock } = open();
    const record = recordOf({ filter: { op: "and", filters: [] } as never });
    await records.put(record);
    const { filter: _, ...ended } = { ...record, state: "done", finishedAt: clock.now() } as const;
    await records.put(ended);
    expect(await records.running("game-1")).toEqual([]);
    expect(await records.get("game-1", record.id)).toEqual(ended);
    const [item, ...more] = fake.items.get("chunks")?.values() ?? [];
    expect(more).toEqual([]);
    expect(item?.expiresAt).toEqual({ N: String(clock.now() / 1000 + 400 * 86_400) });
    expect(JSON.stringify(item)).not.toContain("filters");
  });

  it("are done by one at a time, who may be begun again, until the time is over", async () => {
    const { records, clock } = open();
    const until = clock.now() + 1000;
    expect(await records.isTurnFree("game-1")).toBe(true);
    const takers = ["a", "b", "c"].map((holder) => records.takeTurn("game-1", holder, until));
    expect((await Promise.all(takers)).filter((has) => has)).toHaveLength(1);
    expect(await records.isTurnFree("game-1")).toBe(false);
    expect(await records.takeTurn("game-2", "b", until)).toBe(true);
    expect(await records.takeTurn("game-1", "a", until + 1000)).toBe(true);
    clock.pass(1500);
    expect(await records.takeTurn("game-1", "b", until)).toBe(false);
    clock.pass(500);
    expect(await records.isTurnFree("game-1")).toBe(true);
    expect(await records.takeTurn("game-1", "b", until + 9000)).toBe(true);
    await records.endTurn("game-1", "a");
    expect(await records.isTurnFree("game-1")).toBe(false);
    await records.endTurn("game-1", "b");
    expect(await records.isTurnFree("game-1")).toBe(true);
    expect(await records.running("game-1")).toEqual([]);
  });
});
