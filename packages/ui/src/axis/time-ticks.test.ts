import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { ticksAlong, timeTicks } from "./time-ticks.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

const at = (text: string) => Date.parse(`${text}Z`);
const labels = (from: string, to: string, zone: "utc" | "local", ticksMax: number) =>
  timeTicks({ from: at(from), to: at(to) }, zone, ticksMax).map(({ label }) => label);

test.each([
  [
    "2026-11-22T09:03",
    "2026-11-22T10:03",
    6,
    ["09:10", "09:20", "09:30", "09:40", "09:50", "10:00"],
  ],
  ["2026-11-22T09:00:01", "2026-11-22T09:00:04", 3, ["09:00:01", "09:00:02", "09:00:03"]],
  ["2026-11-22T20:00", "2026-11-23T05:00", 4, ["21:00", "Nov 23", "03:00"]],
  ["2026-11-20T12:00", "2026-11-23T12:00", 4, ["Nov 21", "Nov 22", "Nov 23"]],
  ["2026-11-22T09:00:00", "2026-11-22T09:00:00.020", 3, ["00:00.000", "00:00.010"]],
  ["2024-01-01", "2026-12-31", 4, ["2024-03-18", "2025-03-13", "2026-03-08"]],
])("from %s to %s at most %d ticks are round", (from, to, ticksMax, expected) => {
  expect(labels(from, to, "utc", ticksMax)).toEqual(expected);
});

test("ticks are round on a clock that is half an hour off", () => {
  vi.stubEnv("TZ", "Asia/Kolkata");
  expect(labels("2026-11-22T00:00", "2026-11-22T06:00", "local", 3)).toEqual([
    "06:00",
    "08:00",
    "10:00",
  ]);
});

test("an hour that the clock shows twice has its ticks twice, one that it leaves out has none", () => {
  vi.stubEnv("TZ", "Europe/Berlin");
  expect(labels("2026-10-24T23:30", "2026-10-25T02:30", "local", 4)).toEqual([
    "02:00",
    "02:00",
    "03:00",
  ]);
  expect(labels("2026-03-28T23:30", "2026-03-29T02:30", "local", 4)).toEqual([
    "01:00",
    "03:00",
    "04:00",
  ]);
});

test("days begin at midnight before and after the clock changes", () => {
  vi.stubEnv("TZ", "Europe/Berlin");
  const ticks = timeTicks({ from: at("2026-10-23T12:00"), to: at("2026-10-27T12:00") }, "local", 5);
  expect(ticks.map((tick) => new Date(tick.at).toISOString().slice(0, 16))).toEqual([
    "2026-10-23T22:00",
    "2026-10-24T22:00",
    "2026-10-25T23:00",
    "2026-10-26T23:00",
  ]);
});

test("labels never overlap, and none sticks out", () => {
  vi.stubEnv("TZ", "America/New_York");
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: at("2030-01-01") }),
      fc.integer({ min: 1, max: 400 * 86_400_000 }),
      fc.integer({ min: 0, max: 4000 }),
      (from, length, width) => {
        const xs = ticksAlong({ from, to: from + length }, "local", width).map(({ x }) => x);
        expect(xs.every((x) => x >= 36 && x <= width - 36)).toBe(true);
        expect(xs.slice(1).every((x, place) => x - xs[place]! >= 72)).toBe(true);
      },
    ),
  );
});

test("a page without width has no ticks", () => {
  expect(ticksAlong({ from: 0, to: 1_000 }, "utc", 0)).toEqual([]);
});
