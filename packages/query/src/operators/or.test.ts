import { expect, test } from "vitest";
import { print } from "../print.ts";
import { found, parsed } from "../test/check.ts";

test("finds what any part finds", () => {
  const entries = [{ x: "1" }, { y: "2" }, { x: "2" }];
  expect(found("x:1 OR y:2", entries)).toEqual([0, 1]);
});

test.each([
  ["x:(a OR b)", "x:a OR x:b"],
  ['x:("a b" OR c* OR /d/ OR [1 TO 2] OR *)', 'x:"a b" OR x:c* OR x:/d/ OR x:[1 TO 2] OR x:*'],
  ["x:(-5 OR -a)", "x:-5 OR -x:a"],
  ["x:(>1 <5)", "x:>1 x:<5"],
  ["-x:(a OR NOT (b OR c))", "-(x:a OR -(x:b OR x:c))"],
])("%s groups values of a field: %s", (text, printed) => {
  expect(print(parsed(text))).toBe(printed);
});
