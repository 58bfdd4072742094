import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { printMoment } from "../../view/moment.ts";
import { parseMoment, parseRange } from "./parse-moment.ts";

const now = Date.UTC(2026, 10, 22, 12);
const utc = (text: string) => Date.parse(`${text}Z`);

test.each([
  ["2026-11-22 09:00", utc("2026-11-22T09:00")],
  ["2026-11-22T09:00:05.123", utc("2026-11-22T09:00:05.123")],
  ["2026-11-22 09:00:05,123", utc("2026-11-22T09:00:05.123")],
  ["2026-11-22", utc("2026-11-22T00:00")],
  ["2026-11-22T09:00:00Z", utc("2026-11-22T09:00")],
  ["2026-11-22 09:00 UTC", utc("2026-11-22T09:00")],
  ["2026-11-22T09:00:00.123456+01:00", utc("2026-11-22T08:00:00.123")],
  ["1795338000", 1_795_338_000_000],
  ["1795338000123", 1_795_338_000_123],
  ["1795338000123456789", 1_795_338_000_123],
  ["now", now],
  ["-2h", now - 7_200_000],
  ["now-2h", now - 7_200_000],
])("reads %j", (text, ms) => {
  expect(parseMoment(text, "utc", now)).toBe(ms);
});

test.each([
  "",
  "yesterday",
  "2026-11-22 25:00",
  "2026-13-01",
  "2026-02-30 09:00",
  "2026-11-31",
  "09:00",
  "-2",
  "12345",
])("refuses %j", (text) => {
  expect(parseMoment(text, "utc", now)).toBeUndefined();
});

test("a range up to now goes on with now", () => {
  expect(parseRange("2026-11-22 09:00", "now", "utc", now)).toEqual({
    range: { kind: "since", from: utc("2026-11-22T09:00") },
  });
});

test.each([
  ["x", "now", "from"],
  ["2026-11-23", "now", "from"],
  ["1960-01-01", "now", "from"],
  ["2026-11-22", "x", "to"],
  ["2026-11-22", "2026-11-21", "to"],
])("from %j to %j is wrong in %s", (from, to, wrong) => {
  expect(parseRange(from, to, "utc", now)).toMatchObject({ wrong });
});

describe("on clocks that change", () => {
  beforeEach(() => {
    vi.stubEnv("TZ", "Europe/Berlin");
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test("the hour before and the hour after the clock goes forward are one hour apart", () => {
    expect(parseMoment("2026-03-29 01:59", "local", now)).toBe(utc("2026-03-29T00:59"));
    expect(parseMoment("2026-03-29 03:00", "local", now)).toBe(utc("2026-03-29T01:00"));
  });

  test("a time that the clock leaves out is the one an hour later", () => {
    expect(parseMoment("2026-03-29 02:30", "local", now)).toBe(utc("2026-03-29T01:30"));
  });

  test("a time that the clock shows twice is the first of both; an offset names the second", () => {
    expect(parseMoment("2026-10-25 02:30", "local", now)).toBe(utc("2026-10-25T00:30"));
    expect(parseMoment("2026-10-25 02:30+01:00", "local", now)).toBe(utc("2026-10-25T01:30"));
  });

  test.each([utc("2026-07-01T10:00"), utc("2026-12-01T23:59:59.999"), utc("2026-03-29T01:00")])(
    "what is printed of %d is read as the same",
    (ms) => {
      expect(parseMoment(printMoment(ms, "local"), "local", now)).toBe(ms);
    },
  );
});
