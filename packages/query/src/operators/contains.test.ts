import { expect, test } from "vitest";
import { print } from "../print.ts";
import { found, parsed, problemsOf } from "../test/check.ts";

test("folds ASCII letters only", () => {
  const messages = ["STRASSE K k", "straße \u212a", "ſtrasse"].map((message) => ({ message }));
  expect(found("strasse", messages)).toEqual([0]);
  expect(found("k", messages)).toEqual([0]);
  expect(found("STRAßE", messages)).toEqual([1]);
});

test("takes signs of expressions as they are", () => {
  const messages = ["a.c", "abc", "a[0]+$x^2|y{3}?\\d"].map((message) => ({ message }));
  expect(found("a.c", messages)).toEqual([0]);
  expect(found('"A[0]+$X^2|Y{3}?\\d"', messages)).toEqual([2]);
});

test("unescapes signs, and keeps a backslash before a letter", () => {
  expect(parsed("\\(a\\)\\ b\\:c\\*")).toEqual({ op: "contains", text: "(a) b:c*" });
  expect(parsed("C\\:\\temp")).toEqual({ op: "contains", text: "C:\\temp" });
  expect(parsed('"C:\\temp \\"x\\" \\\\"')).toEqual({ op: "contains", text: 'C:\\temp "x" \\' });
  expect(parsed("a\\")).toEqual({ op: "contains", text: "a\\" });
});

test("drops stars at the ends of a word", () => {
  expect(parsed("*time*")).toEqual({ op: "contains", text: "time" });
  expect(parsed("**")).toEqual({ op: "all" });
});

test("reads what only looks special as a word", () => {
  for (const text of [":a", "[INFO]", "{", "a/b", "--verbose", "-", "~", "ANDY", "<b>"]) {
    expect(parsed(text), text).toEqual({ op: "contains", text });
  }
});

test.each([
  ['"AND"', '"AND"'],
  ['"plain"', "plain"],
  ['"-a"', '"-a"'],
  ['"a b"', '"a b"'],
  ["été", "été"],
])("%s prints as %s", (text, printed) => {
  expect(print(parsed(text))).toBe(printed);
});

test("refuses an empty phrase", () => {
  expect(problemsOf('a ""')).toEqual(['"": the phrase is empty -> ']);
});
