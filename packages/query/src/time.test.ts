import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTime, printTime } from "./time.ts";

const at = (text: string) => Date.parse(text);

test.each([
  ["2026-11-22", "2026-11-22T00:00:00.000Z", "2026-11-22T23:59:59.999Z"],
  ["2026-11-22T09", "2026-11-22T09:00:00.000Z", "2026-11-22T09:59:59.999Z"],
  ["2026-11-22T09:04", "2026-11-22T09:04:00.000Z", "2026-11-22T09:04:59.999Z"],
  ["2026-11-22T09:04:05Z", "2026-11-22T09:04:05.000Z", "2026-11-22T09:04:05.999Z"],
  ["2026-11-22T09:04:05.12Z", "2026-11-22T09:04:05.120Z", "2026-11-22T09:04:05.129Z"],
  ["2026-11-22T09:04:05.123456789Z", "2026-11-22T09:04:05.123Z", "2026-11-22T09:04:05.123Z"],
  ["2026-11-22T09:04-0130", "2026-11-22T10:34:00.000Z", "2026-11-22T10:34:59.999Z"],
  ["20", "1970-01-01T00:00:00.020Z", "1970-01-01T00:00:00.020Z"],
])("%s spans %s to %s", (text, from, to) => {
  expect(parseTime(text)).toEqual({ from: at(from), to: at(to) });
});

test.each([
  "2026-13-01",
  "2026-02-29",
  "2026-11-22T24:00Z",
  "2026-11-22T09:60Z",
  "0050-01-01",
  "now",
  "-5",
  "1.5",
  "",
])("%s is no time", (text) => {
  expect(parseTime(text)).toBeUndefined();
});

test("a printed time is read as the same millisecond", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (time) => {
      expect(parseTime(printTime(time))).toEqual({ from: time, to: time });
    }),
  );
});
