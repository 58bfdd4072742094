import { expect, test } from "vitest";
import { print } from "../print.ts";
import { found, parsed, problemsOf } from "../test/check.ts";

test("does not use a part of the value twice", () => {
  const entries = ["aba", "ab", "aa", "a", "abba"].map((x) => ({ x }));
  expect(found("x:ab*ba", entries)).toEqual([4]);
  expect(found("x:a*a", entries)).toEqual([0, 2, 4]);
  expect(found("x:*b*b*", entries)).toEqual([4]);
});

test("sees numbers and booleans as JSON writes them", () => {
  expect(found("x:1*", [{ x: 100 }, { x: 1e21 }, { x: "1" }, { x: -1 }])).toEqual([0, 1, 2]);
  expect(found("x:t*e", [{ x: true }, { x: false }])).toEqual([0]);
});

test.each([
  ["x:a**b", "x:a*b"],
  ["x:a\\**", "x:a\\**"],
  ["x:a\\ b*", "x:a\\ b*"],
  ["x:a\\(*\\)", "x:a\\(*\\)"],
  ["x:\\-*", "x:-*"],
])("%s prints as %s", (text, printed) => {
  expect(print(parsed(text))).toBe(printed);
});

test("refuses one on a time", () => {
  expect(problemsOf("timestamp:2026*")).toEqual([
    "2026*: a time has no wildcards; shorten it, as in 2026-11-22",
  ]);
});
