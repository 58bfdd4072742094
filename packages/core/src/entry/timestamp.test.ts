import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatTimestamp, parseIsoTimestamp } from "./timestamp.ts";

const anyTime = fc.integer({ min: 0, max: 253_402_300_799_999 });

describe("parseIsoTimestamp", () => {
  it("takes back what formatTimestamp writes, and what Date writes", () => {
    fc.assert(
      fc.property(anyTime, (time) => {
        expect(formatTimestamp(time)).toBe(new Date(time).toISOString());
        expect(parseIsoTimestamp(formatTimestamp(time))).toBe(time);
      }),
      { numRuns: 2000 },
    );
  });

  it("takes every day of four centuries, and no other day", () => {
    const wrong: string[] = [];
    for (let day = 0; day < 146_097; day += 1) {
      const date = new Date(day * 86_400_000 + 1).toISOString();
      const next = `${date.slice(0, 8)}${String(Number(date.slice(8, 10)) + 1).padStart(2, "0")}${date.slice(10)}`;
      const isReal = new Date((day + 1) * 86_400_000).getUTCDate() !== 1;
      const isRight =
        parseIsoTimestamp(date) === day * 86_400_000 + 1 &&
        Number.isNaN(parseIsoTimestamp(next)) !== isReal;
      wrong.push(...(isRight ? [] : [date]));
    }
    expect(wrong).toEqual([]);
  });

  const nine = Date.UTC(2026, 10, 22, 9);

  it.each([
    ["2026-11-22T09:00:00Z", nine],
    ["2026-11-22T09:00:00.123Z", nine + 123],
    ["2026-11-22T09:00:00.1Z", nine + 100],
    ["2026-11-22T09:00:00.12Z", nine + 120],
    ["2026-11-22T09:00:00.123999999Z", nine + 123],
    ["2026-11-22T09:00:00,5Z", nine + 500],
    ["2026-11-22T11:00:00+02:00", nine],
    ["2026-11-22T11:00:00+0200", nine],
    ["2026-11-22T11:00:00+02", nine],
    ["2026-11-22T03:30:00.007-05:30", nine + 7],
    ["2026-11-22T09:00:00-00:00", nine],
    ["2026-11-22T09:00Z", nine],
    ["2026-11-22 09:00:00Z", nine],
    ["2026-11-22t09:00:00z", nine],
    ["2024-02-29T00:00:00Z", Date.UTC(2024, 1, 29)],
    ["2000-02-29T00:00:00Z", Date.UTC(2000, 1, 29)],
    ["1969-12-31T23:59:59.999Z", -1],
    ["0000-01-01T00:00:00Z", -62_167_219_200_000],
    ["9999-12-31T23:59:59.999Z", 253_402_300_799_999],
  ])("takes %s", (text, time) => {
    expect(parseIsoTimestamp(text)).toBe(time);
  });

  it.each([
    "2026-02-29T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "2100-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-01-00T00:00:00Z",
    "2026-11-22T24:00:00Z",
    "2026-11-22T25:00:00Z",
    "2026-11-22T09:60:00Z",
    "2026-11-22T23:59:60Z",
    "2026-11-22T23:59:60.000Z",
    "2026-11-22T09:00:00+24:00",
    "2026-11-22T09:00:00+02:60",
    "2026-11-22T09:00:00+2:00",
    "2026-11-22T09:00:00",
    "2026-11-22T09:00:00.123",
    "2026-11-22",
    "2026-11-22T09Z",
    "2026-11-22T09:00:00.Z",
    "2026-11-22T09:00:00.12xZ",
    "2026-11-22T09:00:00.x23Z",
    "2026-11-22T09:00:00.1/3Z",
    "2026-11-22T09:0a:00Z",
    "2026-1-22T09:00:00.12Z",
    "2026/11/22T09:00:00Z",
    "+002026-11-22T09:00:00Z",
    " 2026-11-22T09:00:00Z",
    "2026-11-22T09:00:00Z\n",
    "2026-11-22T09:00:00 UTC",
    "Sun, 22 Nov 2026 09:00:00 GMT",
    "1795338000123",
    "",
    "Z",
    "\u0662026-11-22T09:00:00Z",
  ])("refuses %j", (text) => {
    expect(parseIsoTimestamp(text)).toBeNaN();
  });

  it("takes what it takes however one character is changed, or refuses it", () => {
    const anyChange = fc.tuple(
      fc.nat(23),
      fc.constantFrom(..."0123456789:-+.,TZtz /;\u0000é".split("")),
    );
    const naive = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d[.,]\d{3}[Zz]$/;
    fc.assert(
      fc.property(anyTime, anyChange, (time, [at, character]) => {
        const text = formatTimestamp(time);
        const changed = text.slice(0, at) + character + text.slice(at + 1);
        const plain = changed.toUpperCase().replace(/[, ]/g, (sign) => (sign === "," ? "." : "T"));
        const expected = new Date(naive.test(changed) ? plain : Number.NaN);
        const isSame = !Number.isNaN(expected.getTime()) && expected.toISOString() === plain;
        const offset = /^.{19}[.,]\d\d[-+]/.test(changed) || /^.{19}[-+]/.test(changed);
        fc.pre(!offset); // 00.12+Z and the like are tables' work
        expect(parseIsoTimestamp(changed)).toBe(isSame ? expected.getTime() : Number.NaN);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("formatTimestamp", () => {
  it("writes years of five digits as Date does", () => {
    expect(formatTimestamp(253_402_300_800_000)).toBe("+010000-01-01T00:00:00.000Z");
  });
});
