import { expect, it } from "vitest";
import { termsOf } from "./texts.ts";

it.each([
  ["", []],
  ['reset "by peer" service:chat', ["reset", "by peer"]],
  ["(a OR b) a", ["a", "b"]],
  ["a -b -(c d) NOT -e", ["a", "e"]],
  ['a "open', []],
])("the texts of %s are %j", (q, expected) => {
  expect(termsOf(q)).toEqual(expected);
});
