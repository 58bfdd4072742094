import type { StatsAnswer } from "@log-service/sdk";
import { expect, test } from "vitest";
import { toSeries } from "./series.ts";

const answer = (change: Partial<StatsAnswer>): StatsAnswer => ({
  from: 1_500,
  to: 4_200,
  intervalMs: 1_000,
  groups: [],
  complete: true,
  ...change,
});

const group = (severity: string, ...points: (readonly [number, number])[]) => ({
  by: { severity },
  points,
});

test("every interval has a bar, also one without entries", () => {
  const groups = [group("info", [1_000, 5], [4_000, 1]), group("error", [1_000, 2])];
  const { bars, totals, countedTo } = toSeries([answer({ groups })], 1_000);
  expect(bars.map(({ from, to, counts }) => [from, to, counts.info, counts.error])).toEqual([
    [1_500, 2_000, 5, 2],
    [2_000, 3_000, 0, 0],
    [3_000, 4_000, 0, 0],
    [4_000, 4_200, 1, 0],
  ]);
  expect(totals).toEqual({ info: 6, warning: 0, error: 2 });
  expect(countedTo).toBe(4_200);
});

test("an answer that ends within an interval and the one that goes on from there add up", () => {
  const first = answer({
    groups: [group("info", [1_000, 5], [2_000, 3])],
    complete: false,
    scannedTo: 2_400,
  });
  const second = answer({ from: 2_400, groups: [group("info", [2_000, 4], [3_000, 1])] });
  expect(toSeries([first], 1_000).countedTo).toBe(2_400);
  const { window, bars, countedTo } = toSeries([first, second], 1_000);
  expect(window).toEqual({ from: 1_500, to: 4_200 });
  expect(bars.map(({ counts }) => counts.info)).toEqual([5, 7, 1, 0]);
  expect(countedTo).toBe(4_200);
});

test("of an answer that says nothing about where it ended nothing is certain", () => {
  expect(toSeries([answer({ complete: false })], 1_000).countedTo).toBe(1_500);
});

test("what is in no bar and of no severity is left out", () => {
  const groups = [group("info", [9_000, 5]), group("fatal", [2_000, 5])];
  expect(toSeries([answer({ groups })], 1_000).totals).toEqual({ info: 0, warning: 0, error: 0 });
});
