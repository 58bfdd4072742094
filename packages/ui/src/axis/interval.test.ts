import fc from "fast-check";
import { expect, test } from "vitest";
import { presets, windowOf } from "../view/time-range.ts";
import { intervalFor, intervalsOf, printInterval } from "./interval.ts";

const now = Date.UTC(2026, 10, 22, 12, 34, 56, 789);

test("each preset has a handy interval", () => {
  const intervals = presets.map((length) =>
    printInterval(intervalFor(windowOf({ kind: "last", length }, now), 120)),
  );
  expect(intervals).toEqual(["3s", "10s", "1m", "2m", "5m", "10m", "15m", "1h", "2h", "12h"]);
});

test("a window of a minute to years has 60 to 120 bars", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: now }),
      fc.integer({ min: 60_000, max: 100 * 360 * 86_400_000 }),
      (from, length) => {
        const window = { from, to: from + length };
        const bars = intervalsOf(window, intervalFor(window, 120));
        expect(bars.length).toBeGreaterThanOrEqual(60);
        expect(bars.length).toBeLessThanOrEqual(120);
      },
    ),
  );
});

test("intervals are multiples, cut at both ends, without gaps", () => {
  expect(intervalsOf({ from: 1_500, to: 4_200 }, 1_000)).toEqual([
    { from: 1_500, to: 2_000 },
    { from: 2_000, to: 3_000 },
    { from: 3_000, to: 4_000 },
    { from: 4_000, to: 4_200 },
  ]);
});

test("a window within one interval is one, cut at both ends", () => {
  expect(intervalsOf({ from: 1_500, to: 1_501 }, 1_000)).toEqual([{ from: 1_500, to: 1_501 }]);
});
