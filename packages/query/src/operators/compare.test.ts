import { expect, test } from "vitest";
import { print } from "../print.ts";
import { found, parsed, problemsOf } from "../test/check.ts";

test("compares with each operator, numbers and strings that are numbers", () => {
  const entries = [4, 5, 6, "4", "5", "6", "six", "", "0x6", " 6", true].map((x) => ({ x }));
  expect(found("x:>5", entries)).toEqual([2, 5]);
  expect(found("x:>=5", entries)).toEqual([1, 2, 4, 5]);
  expect(found("x:<5", entries)).toEqual([0, 3]);
  expect(found("x:<= 5", entries)).toEqual([0, 1, 3, 4]);
});

test("takes a shortened time as a whole", () => {
  const entries = [
    "2026-11-21T23:59:59.999Z",
    "2026-11-22T00:00:00.000Z",
    "2026-11-23T00:00:00.000Z",
  ].map((timestamp) => ({ timestamp }));
  expect(found("timestamp:>2026-11-22", entries)).toEqual([2]);
  expect(found("timestamp:>=2026-11-22", entries)).toEqual([1, 2]);
  expect(found("timestamp:<2026-11-22", entries)).toEqual([0]);
  expect(found("timestamp:<=2026-11-22", entries)).toEqual([0, 1]);
});

test.each([
  ["x:>1e3", "x:>1000"],
  ["x:<=-2.50", "x:<=-2.5"],
  ['x:>"5"', "x:>5"],
  ["timestamp:>=2026-11-22T10:00+01:00", "timestamp:>=2026-11-22T09:00:00.000Z"],
  ["timestamp:>0", "timestamp:>1970-01-01T00:00:00.000Z"],
])("%s prints as %s", (text, printed) => {
  expect(print(parsed(text))).toBe(printed);
});

test.each([
  ["x:>", ">: a number stands behind >"],
  ["x:>five", "five: five is not a number"],
  ["x:>.5", ".5: .5 is not a number -> 0.5"],
  ["x:>1e999", "1e999: 1e999 is not a number -> 1"],
  ["severity:>error", ">error: severities are words and do not compare; name them"],
])("%s is refused", (text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});
