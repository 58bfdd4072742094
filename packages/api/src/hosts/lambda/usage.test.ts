import type { IngestReport, UsageRow } from "@log-service/core/service";
import { expect, it } from "vitest";
import { createLog } from "../../log.ts";
import { createLambdaUsage, flushEveryMs, unitsPerFlush } from "./usage.ts";

const day = "2026-11-22";
const report: IngestReport = {
  tenant: "game-1",
  bodyBytes: 100,
  accepted: 1,
  services: [[undefined, 1]],
  rejected: 0,
  isRepeat: false,
};

const createTest = () => {
  const rows: UsageRow[] = [];
  const calls: string[] = [];
  const logged: string[] = [];
  let now = Date.UTC(2026, 10, 22, 9);
  const store = {
    isAway: false,
    add: async (added: readonly UsageRow[]) => {
      calls.push("add");
      if (store.isAway) throw new Error("throttled");
      rows.push(...added);
      return [];
    },
    read: async () => rows,
    readAsWriter: async () => {
      calls.push("read");
      return [...rows];
    },
  };
  const log = createLog(
    "info",
    (line) => logged.push(line),
    () => now,
  );
  const usage = createLambdaUsage({ store, now: () => now, log });
  const invoke = async (units: number) => {
    usage.count(report);
    usage.onUnits(units);
    await usage.endInvocation();
  };
  const pass = (ms: number) => {
    now += ms;
  };
  return { usage, store, rows, calls, logged, invoke, pass };
};

it("writes when an environment begins, and then once in so many write units", async () => {
  const { invoke, calls, rows } = createTest();
  for (let count = 0; count < 1 + 10 * unitsPerFlush; count++) await invoke(1);
  expect(calls).toHaveLength(11);
  expect(rows.reduce((sum, row) => sum + row.entries, 0)).toBe(1 + 10 * unitsPerFlush);
});

it("spends less than one in a hundred of the writes, also with a limit of the day", async () => {
  const { usage, invoke, calls } = createTest();
  for (let count = 0; count < 20 * unitsPerFlush; count++) {
    await usage.budget.take("game-1", 100, 1e9);
    await invoke(1);
  }
  expect(calls.length).toBeLessThan((20 * unitsPerFlush) / 100);
});

it("writes what a quiet environment has counted after a while, and nothing when there is nothing", async () => {
  const { usage, invoke, calls, pass } = createTest();
  await usage.endInvocation();
  await invoke(1);
  await invoke(1);
  expect(calls).toHaveLength(1);
  pass(flushEveryMs);
  await invoke(1);
  pass(flushEveryMs);
  await usage.endInvocation();
  expect(calls).toHaveLength(2);
});

it("fails no invocation when usage cannot be written, and writes it later", async () => {
  const { store, invoke, rows, logged, pass } = createTest();
  store.isAway = true;
  await invoke(1);
  expect(rows).toEqual([]);
  expect(logged.join()).toContain("usage could not be written");
  store.isAway = false;
  pass(flushEveryMs);
  await invoke(1);
  expect(rows.reduce((sum, row) => sum + row.entries, 0)).toBe(2);
});

it("learns at each write what other environments have taken of the day", async () => {
  const { usage, rows, invoke, pass } = createTest();
  expect(await usage.budget.take("game-1", 60, 100)).toBeDefined();
  rows.push({ tenant: "game-1", day, slot: "", entries: 1, bytes: 90 });
  expect(await usage.budget.take("game-1", 40, 100)).toBeDefined();
  pass(flushEveryMs);
  await invoke(1);
  expect(await usage.budget.take("game-1", 1, 100)).toBeUndefined();
});
