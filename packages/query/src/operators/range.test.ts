import { expect, test } from "vitest";
import { print } from "../print.ts";
import { found, parsed, problemsOf } from "../test/check.ts";

test("includes both ends, and leaves open ones open", () => {
  const entries = [{ x: 1 }, { x: 3 }, { x: "5" }, { x: 6 }, { x: "no" }, {}];
  expect(found("x:[1 TO 5]", entries)).toEqual([0, 1, 2]);
  expect(found("x:[ 3 TO * ]", entries)).toEqual([1, 2, 3]);
  expect(found("x:[* TO 3]", entries)).toEqual([0, 1]);
  expect(found("x:[* TO *]", entries)).toEqual([0, 1, 2, 3]);
  expect(found("-x:[* TO *]", entries)).toEqual([4, 5]);
});

test("is a whole day where a time stands alone", () => {
  const printed = "timestamp:[2026-11-22T00:00:00.000Z TO 2026-11-22T23:59:59.999Z]";
  expect(print(parsed("timestamp:2026-11-22"))).toBe(printed);
  expect(print(parsed('timestamp:"2026-11-22"'))).toBe(printed);
});

const form = "a range is written [1 TO 5], with a star for an open end";
test.each([
  ["x:[5 TO 1]", "[5 TO 1]: the range is upside down -> [1 TO 5]"],
  ["x:[1 TO]", ": a number is missing"],
  ["x:[1 5]", `[1 : ${form}`],
  ["x:[1 TO 5", `[1 TO 5: ${form}`],
  ["x:{1 TO 5}", "{1 TO 5}: a range includes both ends; use > and < to leave them out"],
  ["x:[a TO 5]", "a: a is not a number"],
  [
    "timestamp:[2026-02-30 TO *]",
    "2026-02-30: a time is written 2026-11-22, 2026-11-22T09:00Z or in milliseconds since 1970",
  ],
])("%s is refused", (text, problem) => {
  expect(problemsOf(text)[0]).toBe(problem);
});
