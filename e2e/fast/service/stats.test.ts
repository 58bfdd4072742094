import type { LogService, Stats } from "@log-service/core/service";
import { createMemoryStore } from "@log-service/stores/memory";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createTestService, fixedNow, ndjson } from "../../harness/service.ts";

interface Sent {
  readonly severity: "info" | "warning" | "error";
  readonly service: string | null;
  readonly timestamp: number;
  readonly latency: number | string | null;
}

const minute = 60_000;

const batches = fc.array(
  fc.array(
    fc.record({
      severity: fc.constantFrom("info", "warning", "error"),
      service: fc.constantFrom("gateway", "chat", null),
      timestamp: fc.integer({ min: fixedNow - 5 * minute, max: fixedNow }),
      latency: fc.constantFrom(1, 2.5, 400, "7", "none", null),
    }),
    { minLength: 1, maxLength: 20 },
  ),
  { minLength: 1, maxLength: 6 },
);

const questions = fc.record({
  from: fc.constantFrom(0, fixedNow - 3 * minute, fixedNow - 100_000),
  to: fc.constantFrom(fixedNow + 1, fixedNow - minute, fixedNow - 2 * minute + 500),
  intervalMs: fc.constantFrom(undefined, 1000, minute, 7 * minute),
  by: fc.constantFrom([], ["severity"], ["service"], ["service", "severity"], ["latency"]),
  filter: fc.constantFrom(
    { op: "all" } as const,
    { op: "equals", field: "severity", value: "error" } as const,
    { op: "exists", field: "service" } as const,
  ),
});

const numberIn = ({ latency }: Sent): number[] =>
  typeof latency === "number" ? [latency] : latency === "7" ? [7] : [];

/** The rows of an answer in one order: group, time, count, sum and largest. */
const sorted = (rows: readonly (readonly unknown[])[]) =>
  rows.map((row) => JSON.stringify(row)).sort();

const meaning = {
  all: () => true,
  equals: (one: Sent) => one.severity === "error",
  exists: (one: Sent) => one.service !== null,
};

type Question = typeof questions extends fc.Arbitrary<infer T> ? T : never;

/** Group, interval, count and sum of each point, as a plain reading of the entries has them. */
const expectedOf = (sent: readonly Sent[], question: Question): unknown[][] => {
  const { from, to, intervalMs, by, filter } = question;
  const isMet = meaning[filter.op];
  const matching = sent.filter((one) => one.timestamp >= from && one.timestamp < to && isMet(one));
  const groups = Map.groupBy(matching, (one) => {
    const start = intervalMs === undefined ? 0 : Math.floor(one.timestamp / intervalMs);
    // The names are those of the entries.
    return JSON.stringify([by.map((name) => one[name as keyof Sent]), start * (intervalMs ?? 0)]);
  });
  return [...groups].map(([key, ofGroup]) => {
    const numbers = ofGroup.flatMap(numberIn);
    const sum = numbers.length === 0 ? null : numbers.reduce((a, b) => a + b, 0);
    return [...JSON.parse(key), ofGroup.length, sum];
  });
};

const add = (a: number | null, b: number | null): number | null =>
  a === null && b === null ? null : (a ?? 0) + (b ?? 0);

/** The same of the answers of the service, asked until all is counted. */
const countedBy = async (service: LogService, question: Question): Promise<unknown[][]> => {
  const { by, intervalMs } = question;
  const counted = new Map<string, (number | null)[]>();
  let start: number | undefined = question.from;
  for (let rounds = 0; start !== undefined && rounds < 200; rounds++) {
    const answer: Stats = await service.stats("default", {
      ...question,
      from: start,
      measures: [{ name: "count" }, { name: "sum", field: "latency" }],
      top: 100,
    });
    expect(answer.other).toBeUndefined();
    for (const { by: values, points } of answer.groups) {
      for (const [time = null, count = null, sum = null] of points) {
        const place = intervalMs === undefined ? 0 : time;
        const key = JSON.stringify([by.map((name) => values[name]), place]);
        const [countBefore = null, sumBefore = null] = counted.get(key) ?? [];
        counted.set(key, [add(count, countBefore), add(sum, sumBefore)]);
      }
    }
    start = answer.scannedTo;
  }
  return [...counted].map(([key, numbers]) => [...JSON.parse(key), ...numbers]);
};

it.each([
  ["with room to read", undefined],
  ["with a budget that is spent at once, going on from where it stopped", { timeMs: -1, bytes: 0 }],
])("statistics are those of the entries counted one by one, %s", async (_, searchBudget) => {
  await fc.assert(
    fc.asyncProperty(batches, questions, async (sent, question) => {
      await using store = createMemoryStore();
      await using service = createTestService({ store, ...(searchBudget && { searchBudget }) });
      for (const batch of sent) {
        const entries = batch.map((one) => ({ ...one, message: "m" }));
        await service.ingest("default", { body: ndjson(entries), format: "ndjson" });
      }
      const counted = await countedBy(service, question);
      expect(sorted(counted)).toEqual(sorted(expectedOf(sent.flat(), question)));
    }),
    { numRuns: 150 },
  );
});

it("counts by severity and minute are read from metadata, without the bytes of a chunk", async () => {
  await using inner = createMemoryStore();
  const unread = {
    ...inner,
    [Symbol.asyncDispose]: async () => undefined,
    async *scan(...request: Parameters<typeof inner.scan>) {
      for await (const slice of inner.scan(...request))
        yield slice.map((chunk) => ({ ...chunk, bytes: () => Promise.reject(new Error("read")) }));
    },
  };
  await using service = createTestService({ store: unread });
  const entries = Array.from({ length: 300 }, (_, index) => ({
    severity: index % 3 === 0 ? "error" : "info",
    message: "m",
    timestamp: fixedNow - index * 1000,
  }));
  await service.ingest("default", { body: ndjson(entries), format: "ndjson" });
  const { groups } = await service.stats("default", {
    filter: { op: "all" },
    from: 0,
    to: 2 ** 48,
    measures: [{ name: "count" }],
    by: ["severity"],
    intervalMs: minute,
    top: 10,
  });
  const totals = groups.map(({ points }) =>
    points.reduce((sum, [, count]) => sum + (count ?? 0), 0),
  );
  expect(totals).toEqual([200, 100]);
});
