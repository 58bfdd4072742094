import { expect, test } from "vitest";
import { print } from "../print.ts";
import { found, parsed, problemsOf } from "../test/check.ts";

test("looks into the message, or into the text of a field", () => {
  const entries = [{ message: "code 17" }, { x: 17 }, { x: "a17" }, { x: true }];
  expect(found("/\\d{2}/", entries)).toEqual([0]);
  expect(found("x:/^\\d{2}$/", entries)).toEqual([1]);
  expect(found("x:/^(true|a)/", entries)).toEqual([2, 3]);
  expect(found("-x:/1/", entries)).toEqual([0, 3]);
});

test("holds spaces, parentheses, quotes and slashes", () => {
  expect(parsed('/a (b|") \\/c/')).toEqual({
    op: "regex",
    field: "message",
    pattern: 'a (b|") /c',
  });
  expect(parsed("(/a/)")).toEqual({ op: "regex", field: "message", pattern: "a" });
});

test.each([
  ["/a\\/b/", "/a\\/b/"],
  ["message:/a/", "/a/"],
  ["x:/\\\\/", "x:/\\\\/"],
  ["/var/log", '"/var/log"'],
  ["/", '"/"'],
  ["//", '"//"'],
])("%s prints as %s", (text, printed) => {
  expect(print(parsed(text))).toBe(printed);
});

test.each([
  ["/(/", "/(/: the regular expression has no meaning: a parenthesis is not closed"],
  ["/(a", "/(a: a regular expression is not closed -> /(a/"],
  ["/(a)\\1/", "/(a)\\1/: the regular expression has no meaning: \\1 is unknown in RE2"],
  ["/a(?=b)/", "/a(?=b)/: the regular expression has no meaning: RE2 has no look-around"],
])("%s is refused", (text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});
