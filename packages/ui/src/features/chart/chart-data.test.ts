import type { StatsAnswer } from "@log-service/sdk";
import { expect, test } from "vitest";
import { stack, toChartData } from "./chart-data.ts";

const answer = (change: Partial<StatsAnswer>): StatsAnswer => ({
  from: 1_500,
  to: 4_000,
  intervalMs: null,
  groups: [],
  complete: true,
  ...change,
});

const totals = answer({
  groups: [
    { by: { service: "gateway" }, points: [[1_500, 60]] },
    { by: { service: null }, points: [[1_500, 30]] },
  ],
  other: { points: [[1_500, 10]] },
});

const course = answer({
  intervalMs: 1_000,
  groups: [
    { by: { service: null }, points: [[3_000, 30]] },
    {
      by: { service: "gateway" },
      points: [
        [1_000, 40],
        [3_000, 20],
      ],
    },
  ],
  other: { points: [[2_000, 10]] },
});

test("groups have their share, and their values interval by interval, also those without entries", () => {
  const { groups, intervals } = toChartData(totals, course, { name: "count" });
  expect(groups.map(({ label, total, share, values }) => [label, total, share, values])).toEqual([
    ["gateway", 60, 0.6, [40, 0, 20]],
    ["(none)", 30, 0.3, [0, 0, 30]],
    ["all others", 10, 0.1, [0, 10, 0]],
  ]);
  expect(intervals[0]).toEqual({ from: 1_500, to: 2_000 });
});

test("a line leaves out what a cut interval or one that was not measured has, where it would look like a drop", () => {
  const lineOf = (change: Partial<StatsAnswer>, name: "count" | "p95" = "count") =>
    toChartData(
      totals,
      { ...course, ...change },
      name === "count" ? { name } : { name, field: "latency_ms" },
    ).groups[0]?.line;
  expect(lineOf({})).toEqual([null, 0, 20]);
  expect(lineOf({ to: 3_800 })).toEqual([null, 0, null]);
  expect(lineOf({ complete: false, scannedTo: 2_500 })).toEqual([null, null, null]);
  expect(lineOf({ complete: false, scannedTo: 3_000 })).toEqual([null, 0, null]);
  expect(lineOf({ to: 3_800 }, "p95")).toEqual([40, null, 20]);
  expect(lineOf({ to: 1_900 })).toEqual([40]);
});

test("a measure that does not add up has no value where there is no entry, and its share is one of entries", () => {
  const measured = answer({
    groups: [{ by: {}, points: [[1_500, 41.5, 75]] }],
    other: { points: [[1_500, null, 25]] },
  });
  const points = [
    [1_000, 40],
    [2_000, null],
  ];
  const { groups, unmeasured } = toChartData(
    measured,
    answer({ intervalMs: 1_000, groups: [{ by: {}, points }] }),
    { name: "p95", field: "latency_ms" },
  );
  expect(groups).toMatchObject([
    { label: "all entries", total: 41.5, count: 75, share: 0.75, values: [40, null, null] },
  ]);
  expect(unmeasured).toEqual(["all others"]);
});

test("the share of a sum is one of the sum; of nothing there is none", () => {
  const groups = [
    { by: { a: 1 }, points: [[1_500, 30, 1]] },
    { by: { a: 2 }, points: [[1_500, 10, 9]] },
  ];
  const sum = { name: "sum", field: "x" } as const;
  const shares = toChartData(answer({ groups }), undefined, sum).groups.map(({ share }) => share);
  expect(shares).toEqual([0.75, 0.25]);
  const none = answer({ groups: [{ by: {}, points: [[1_500, -5, 1]] }] });
  expect(toChartData(none, undefined, sum).groups[0]?.share).toBeUndefined();
});

test("totals are there before their course is", () => {
  const { intervals, groups } = toChartData(totals, undefined, { name: "count" });
  expect(intervals).toEqual([]);
  expect(groups.map(({ values }) => values)).toEqual([[], [], []]);
});

test("a number and a text that look alike are two groups", () => {
  const groups = [
    { by: { a: 1 }, points: [[1_500, 1]] },
    { by: { a: "1" }, points: [[1_500, 1]] },
  ];
  const keys = toChartData(answer({ groups }), undefined, { name: "count" }).groups;
  expect(new Set(keys.map(({ key }) => key)).size).toBe(2);
});

test("each group stands on those before it", () => {
  const { groups } = toChartData(totals, course, { name: "count" });
  expect(stack(groups)).toEqual([
    [0, 0, 0],
    [40, 0, 20],
    [40, 0, 50],
  ]);
  expect(stack([])).toEqual([]);
});
