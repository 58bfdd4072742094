import { expect, test } from "vitest";
import { found } from "../test/check.ts";

test("finds what all parts find", () => {
  const entries = [{ x: "1", y: "2" }, { x: "1" }, { y: "2" }];
  expect(found("x:1 y:2", entries)).toEqual([0]);
  expect(found("x:1 AND y:2", entries)).toEqual([0]);
  expect(found("x:1 AND (y:2 AND x:*)", entries)).toEqual([0]);
});

test("is a word in small letters", () => {
  expect(found("a and b", [{ message: "a and b" }, { message: "a b" }])).toEqual([0]);
});
