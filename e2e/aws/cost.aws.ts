import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DynamoLocal, startDynamoLocal } from "../harness/aws/dynamodb-local.ts";
import { createMeasuredService, readPage } from "../harness/aws/measure.ts";
import { measureUsualDesign } from "../harness/aws/usual-design.ts";

// Costs are counted in the units that DynamoDB reports: they are the same on every machine, so that budgets are tests.

let dynamo: DynamoLocal;

beforeAll(async () => {
  dynamo = await startDynamoLocal();
});

afterAll(() => dynamo[Symbol.asyncDispose]());

/** 1,500 entries/s is what the benchmark sends; 116/s is ten million a day. */
const rates = [1500, 116];

describe("write units of 1,000 game entries", () => {
  const budgets: Readonly<Record<number, number>> = { 500: 40, 100: 55, 25: 90 };

  it.each([1, 25, 100, 500, 1000])("in batches of %d", async (size) => {
    const batches = { 1: 1000, 25: 400, 100: 100, 500: 40, 1000: 20 }[size] ?? 0;
    const figures: Record<string, number> = {};
    for (const rate of rates) {
      const measured = await createMeasuredService(dynamo, `writes-${size}-${rate}`, rate);
      const units = await measured.unitsOf(() => measured.send(batches, size));
      figures[`at ${rate} entries/s`] = (units * 1000) / (batches * size);
    }
    console.table({ [`write units / 1,000 entries, batches of ${size}`]: figures });
    expect(figures["at 1500 entries/s"]).toBeLessThanOrEqual(budgets[size] ?? 1010);
  });
});

describe("read units, strongly consistent, 20 producers, one shard", () => {
  const shapes = [
    { what: "batches of 500", size: 500, batches: 100, budget: 25 },
    { what: "single posts", size: 1, batches: 3000, budget: 15 },
  ];

  it.each(shapes)("of pages after $what", async ({ what, size, batches, budget }) => {
    for (const rate of rates) {
      const measured = await createMeasuredService(dynamo, `reads-${size}-${rate}`, rate);
      await measured.send(batches, size);
      const reader = measured.restart();
      const begin = Date.UTC(2026, 10, 22, 9, 10);
      const samples = { cold: [], recent: [], second: [], until: [] } as Record<string, number[]>;
      for (let sample = 0; sample < 61; sample++) {
        // Producers have bursts: how many of their batches overlap differs from moment to moment.
        await measured.send(Math.ceil(30 / size), size);
        const restarted = measured.restart();
        samples.cold?.push(await measured.unitsOf(() => readPage(restarted)));
        let cursor: string | null = null;
        samples.recent?.push(
          await measured.unitsOf(async () => {
            cursor = await readPage(reader);
          }),
        );
        samples.second?.push(await measured.unitsOf(() => readPage(reader, { cursor })));
        const to = begin + ((measured.end() - begin) * (sample + 20)) / 100;
        samples.until?.push(await measured.unitsOf(() => readPage(reader, { to })));
      }
      const median = (name: string) => samples[name]?.toSorted((a, b) => a - b)[30] ?? 0;
      const row = Object.fromEntries(Object.keys(samples).map((name) => [name, median(name)]));
      console.table({ [`${what}, ${rate} entries/s, median`]: row });
      const recent = median("recent");
      expect(recent).toBeLessThanOrEqual(budget);
      expect(median("second")).toBeLessThanOrEqual(2 * recent);
    }
  });
});

it("is a fraction of what the usual design takes", async () => {
  const usual = await measureUsualDesign(dynamo, "usual");
  const measured = await createMeasuredService(dynamo, "against-usual", 1500);
  const units = await measured.unitsOf(() => measured.send(40, 500));
  const ours = units / 20;
  console.table({
    "write units / 1,000": { usual: usual.writeUnits, ours, times: usual.writeUnits / ours },
  });
  console.table({ "read units, newest 100 (eventually consistent)": { usual: usual.readUnits } });
  expect(usual.writeUnits / ours).toBeGreaterThanOrEqual(45);
});
