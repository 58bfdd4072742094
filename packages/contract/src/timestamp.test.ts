import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTimestamp, timestampExample, timestampMax } from "./timestamp.ts";

describe("parseTimestamp", () => {
  it.each([
    ["2026-11-22T09:00:00Z", Date.UTC(2026, 10, 22, 9)],
    [timestampExample, Date.UTC(2026, 10, 22, 9, 0, 0, 123)],
    ["2026-11-22T09:00:00.1Z", Date.UTC(2026, 10, 22, 9, 0, 0, 100)],
    ["2026-11-22T09:00:00.123999999Z", Date.UTC(2026, 10, 22, 9, 0, 0, 123)],
    ["2026-11-22T10:30:00+01:30", Date.UTC(2026, 10, 22, 9)],
    ["2026-11-22T01:00:00-08:00", Date.UTC(2026, 10, 22, 9)],
    ["2026-11-22T09:00Z", Date.UTC(2026, 10, 22, 9)],
    ["2026-11-22 09:00:00Z", Date.UTC(2026, 10, 22, 9)],
    ["2026-11-22t09:00:00z", Date.UTC(2026, 10, 22, 9)],
    ["2026-11-22T09:00:00,5Z", Date.UTC(2026, 10, 22, 9, 0, 0, 500)],
    ["2026-11-22T10:00:00+0100", Date.UTC(2026, 10, 22, 9)],
    ["2026-11-22T10:00:00+01", Date.UTC(2026, 10, 22, 9)],
    ["2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29)],
    ["1970-01-01T00:00:00.000Z", 0],
    ["9999-12-31T23:59:59.999Z", timestampMax],
  ])("reads %s", (text, time) => {
    expect(parseTimestamp(text)).toBe(time);
  });

  it.each([
    "",
    "now",
    "1795683600123",
    "2026-11-22",
    "2026-11-22T09:00:00",
    "2026-11-22T09:00:00.Z",
    "2026-11-22T09:00:00+24:00",
    "2026-11-22T09:00:00+01:60",
    "2026-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-11-22T24:00:00Z",
    `2026-11-22T09:00:00.${"1".repeat(41)}Z`,
    "2026-11-22T09:00.5Z",
    "2026-11-22T09:60:00Z",
    "2026-12-31T23:59:60Z",
    "1969-12-31T23:59:59.999Z",
    "0070-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999-00:01",
    " 2026-11-22T09:00:00Z",
  ])("refuses %j", (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });

  it("reads every time that toISOString prints", () => {
    const time = fc.integer({ min: 0, max: timestampMax });
    fc.assert(
      fc.property(time, (ms) => {
        expect(parseTimestamp(new Date(ms).toISOString())).toBe(ms);
      }),
    );
  });
});
