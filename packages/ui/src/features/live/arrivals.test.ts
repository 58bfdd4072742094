import type { LogEntry } from "@log-service/sdk";
import { expect, it } from "vitest";
import {
  arrivalsAt,
  beginArrivals,
  countArrivals,
  rateOf,
  secondsShown,
  totalOf,
} from "./arrivals.ts";

const entries = (count: number, severity: LogEntry["severity"] = "info"): LogEntry[] =>
  Array.from({ length: count }, (_, index) => ({
    logId: `${index}`,
    timestamp: "2026-11-22T09:00:00.000Z",
    severity,
    message: "m",
    attributes: {},
  }));

it("counts by second and severity, for a minute", () => {
  let arrivals = beginArrivals(10_000);
  arrivals = countArrivals(arrivals, entries(3), 10_100);
  arrivals = countArrivals(arrivals, entries(2, "error"), 10_900);
  arrivals = countArrivals(arrivals, entries(1, "warning"), 12_000);
  expect(arrivals.seconds).toHaveLength(secondsShown);
  expect(arrivals.seconds.slice(-3)).toEqual([
    { info: 3, warning: 0, error: 2 },
    { info: 0, warning: 0, error: 0 },
    { info: 0, warning: 1, error: 0 },
  ]);
  const later = arrivalsAt(arrivals, 71_000);
  expect(later.seconds.map(totalOf).reduce((sum, count) => sum + count)).toBe(1);
  expect(arrivalsAt(arrivals, 9_000_000).seconds.map(totalOf)).toEqual(Array(60).fill(0));
});

it("tells the mean of the last seconds that are over", () => {
  const begun = beginArrivals(10_000);
  expect(rateOf(countArrivals(begun, entries(9), 10_500))).toBeUndefined();
  expect(rateOf(arrivalsAt(countArrivals(begun, entries(9), 10_500), 11_000))).toBe(9);
  let arrivals = begun;
  for (let second = 10; second < 30; second++)
    arrivals = countArrivals(arrivals, entries(second), second * 1000);
  expect(rateOf(arrivals)).toBe((24 + 25 + 26 + 27 + 28) / 5);
});

it("stands still when the clock is set back", () => {
  const arrivals = countArrivals(beginArrivals(10_000), entries(4), 12_000);
  expect(arrivalsAt(arrivals, 5_000)).toBe(arrivals);
  expect(countArrivals(arrivals, entries(1), 5_000).seconds.at(-1)?.info).toBe(5);
});
