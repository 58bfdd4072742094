import fc from "fast-check";
import { expect, it } from "vitest";
import { countServices } from "./count-services.ts";
import { createDayBudget, untilNextDayMs } from "./day-budget.ts";
import type { IngestReport } from "./ingest.ts";
import { createUsage, type UsageRow, type UsageStore, usageServicesMax } from "./usage.ts";

const noon = Date.UTC(2026, 10, 22, 12);
const today = { from: "2026-11-22", to: "2026-11-22" };

const createTest = () => {
  const rows: UsageRow[] = [];
  let now = noon;
  const store: UsageStore & { fails: boolean; rowsMax: number } = {
    fails: false,
    rowsMax: Number.POSITIVE_INFINITY,
    add: async (added) => {
      if (store.fails) throw new Error("the disk is full");
      rows.push(...added.slice(0, store.rowsMax));
      return added.slice(store.rowsMax);
    },
    read: async (tenant, from, to) =>
      rows.filter((row) => row.tenant === tenant && row.day >= from && row.day <= to),
  };
  const usage = createUsage({ store, now: () => now });
  const passTo = (time: number) => {
    now = time;
  };
  return { usage, store, rows, passTo, now: () => now };
};

const report = (changes: Partial<IngestReport> = {}): IngestReport => ({
  tenant: "game-1",
  bodyBytes: 100,
  accepted: 2,
  services: [["gateway", 2]],
  rejected: 0,
  isRepeat: false,
  ...changes,
});

const sumOf = (rows: readonly UsageRow[]) => ({
  entries: rows.reduce((sum, row) => sum + row.entries, 0),
  bytes: rows.reduce((sum, row) => sum + row.bytes, 0),
});

it("tells what was sent, whether it is written or not, once", async () => {
  const { usage, rows } = createTest();
  usage.count(report());
  const own = { tenant: "game-1", day: "2026-11-22", slot: "=gateway" };
  expect(await usage.read("game-1", today)).toEqual([{ ...own, entries: 2, bytes: 100 }]);
  await usage.flush();
  usage.count(report());
  expect(await usage.read("game-1", today)).toEqual([{ ...own, entries: 4, bytes: 200 }]);
  await usage.flush();
  await usage.flush();
  expect(sumOf(rows)).toEqual({ entries: 4, bytes: 200 });
});

it("shares out the bytes of a body by entries, and loses none of them", () => {
  const services = fc.array(fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined }), {
    minLength: 1,
  });
  return fc.assert(
    fc.asyncProperty(services, fc.nat(1_000_000), async (names, bodyBytes) => {
      const { usage } = createTest();
      const counts = countServices(names.map((service) => ({ service })));
      usage.count(report({ bodyBytes, accepted: names.length, services: counts }));
      const found = await usage.read("game-1", today);
      expect(sumOf(found)).toEqual({ entries: names.length, bytes: bodyBytes });
      expect(found.every(({ bytes }) => bytes >= 0)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

it("counts the bytes and not the entries of what is refused or was there before", async () => {
  const { usage } = createTest();
  usage.count(report({ accepted: 0, services: [], rejected: 5 }));
  usage.count(report({ isRepeat: true }));
  expect(sumOf(await usage.read("game-1", today))).toEqual({ entries: 0, bytes: 200 });
});

it("counts a body for the day in which it came", async () => {
  const { usage, passTo } = createTest();
  passTo(noon + 12 * 3_600_000 - 1);
  usage.count(report());
  passTo(noon + 12 * 3_600_000);
  usage.count(report());
  usage.count(report());
  expect(sumOf(await usage.read("game-1", today)).entries).toBe(2);
  const next = { from: "2026-11-23", to: "2026-11-23" };
  expect(sumOf(await usage.read("game-1", next)).entries).toBe(4);
});

it("keeps what could not be written, and writes it the next time", async () => {
  const { usage, store, rows } = createTest();
  usage.count(report());
  store.fails = true;
  await expect(usage.flush()).rejects.toThrow("the disk is full");
  usage.count(report());
  expect(sumOf(await usage.read("game-1", today)).entries).toBe(4);
  store.fails = false;
  await usage.flush();
  expect(sumOf(rows).entries).toBe(4);
});

it("writes again only what was left over", async () => {
  const { usage, store, rows } = createTest();
  store.rowsMax = 1;
  for (const tenant of ["game-1", "game-2", "game-3"]) usage.count(report({ tenant }));
  await usage.flush();
  expect(rows).toHaveLength(1);
  expect(sumOf(await usage.read("game-3", today)).entries).toBe(2);
  store.rowsMax = 5;
  await usage.flush();
  await usage.flush();
  expect(rows.map(({ tenant, entries }) => [tenant, entries])).toEqual([
    ["game-1", 2],
    ["game-2", 2],
    ["game-3", 2],
  ]);
});

it("tells a hundred services of a day apart, and counts the others together", async () => {
  const { usage } = createTest();
  const names = Array.from({ length: usageServicesMax * 3 }, (_, number) => `made-up-${number}`);
  for (const name of names) {
    usage.count(report({ services: [[name, 2]] }));
    await usage.flush();
  }
  const found = await usage.read("game-1", today);
  expect(found).toHaveLength(usageServicesMax + 1);
  expect(sumOf(found).entries).toBe(names.length * 2);
  expect(found.find(({ slot }) => slot === "*")?.entries).toBe(usageServicesMax * 4);
});

it("lets a tenant take its bytes of the day to the last one, also when bodies come at once", async () => {
  const { usage, now } = createTest();
  usage.count(report({ bodyBytes: 40 }));
  const budget = createDayBudget({ usage, now });
  const taken = await Promise.all([1, 2, 3, 4].map(() => budget.take("game-1", 20, 100)));
  expect(taken.map((one) => one !== undefined)).toEqual([true, true, true, false]);
  taken[0]?.();
  expect(await budget.take("game-1", 21, 100)).toBeUndefined();
  expect(await budget.take("game-1", 20, 100)).toBeDefined();
  expect(await budget.take("game-2", 100, 100)).toBeDefined();
});

it("begins anew with the day, and goes on after a store that failed", async () => {
  const { usage, now, passTo, store } = createTest();
  const budget = createDayBudget({ usage, now });
  const read = store.read;
  store.read = async () => {
    throw new Error("away");
  };
  await expect(budget.take("game-1", 1, 100)).rejects.toThrow("away");
  store.read = read;
  expect(await budget.take("game-1", 100, 100)).toBeDefined();
  expect(await budget.take("game-1", 1, 100)).toBeUndefined();
  expect(untilNextDayMs(now())).toBe(12 * 3_600_000);
  passTo(now() + untilNextDayMs(now()));
  expect(await budget.take("game-1", 100, 100)).toBeDefined();
});
