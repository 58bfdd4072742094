import fc from "fast-check";
import { expect, test } from "vitest";
import {
  between,
  lengthMs,
  lengthOf,
  lengthWords,
  presets,
  shift,
  windowOf,
  zoomOut,
} from "./time-range.ts";

const now = Date.UTC(2026, 10, 22, 12);
const hour = 3_600_000;
const lastHour = windowOf({ kind: "last", length: "1h" }, now);

test("every preset is a length", () => {
  expect(presets.map((length) => lengthMs(length)).every((ms) => ms !== undefined)).toBe(true);
});

test("a length that is too many seconds has no short form", () => {
  expect(lengthOf(1_000_001_000)).toBeUndefined();
  expect(lengthOf(1_500)).toBeUndefined();
});

test("says a length in words", () => {
  expect(["1h", "15m", "7d"].map(lengthWords)).toEqual(["1 hour", "15 minutes", "7 days"]);
});

test("a range since a moment goes on up to now", () => {
  expect(windowOf({ kind: "since", from: now - hour }, now)).toEqual({
    from: now - hour,
    to: now + 1,
  });
});

test("earlier and back again is the same last hour, also when some seconds have passed", () => {
  const earlier = shift(lastHour, -1, now);
  expect(earlier).toEqual(between(lastHour.from - hour / 2, lastHour.to - hour / 2));
  expect(shift(windowOf(earlier, now), 1, now + 20_000)).toEqual({ kind: "last", length: "1h" });
});

test("zooming out of the last hour shows the last two", () => {
  expect(zoomOut(lastHour, now)).toEqual({ kind: "last", length: "2h" });
});

test("zooming out of a range in the past keeps its middle", () => {
  const range = zoomOut({ from: now - 20 * hour, to: now - 18 * hour }, now);
  expect(range).toEqual({ kind: "between", from: now - 21 * hour, to: now - 17 * hour });
});

test("a range of two moments takes them in either order, and is never empty", () => {
  expect(between(20, 10)).toEqual({ kind: "between", from: 10, to: 20 });
  expect(between(10, 10)).toEqual({ kind: "between", from: 10, to: 11 });
  expect(between(-5, -9)).toEqual({ kind: "between", from: 1, to: 2 });
});

test("whatever is shifted or zoomed is in order, and not later than now", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: now }),
      fc.integer({ min: 1, max: 40 * 24 * hour }),
      fc.constantFrom("earlier", "later", "out"),
      (from, length, how) => {
        const window = { from, to: Math.min(from + length, now) };
        const range =
          how === "out" ? zoomOut(window, now) : shift(window, how === "later" ? 1 : -1, now);
        const next = windowOf(range, now);
        expect(next.from).toBeLessThan(next.to);
        expect(next.to).toBeLessThanOrEqual(now + 1);
      },
    ),
  );
});
