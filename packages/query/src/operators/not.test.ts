import { expect, test } from "vitest";
import { found } from "../test/check.ts";

test("finds the entries without the field too", () => {
  const entries = [{ x: "1" }, { x: "2" }, {}];
  for (const query of ["-x:1", "NOT x:1", "NOT NOT -x:1", "-(x:1)"]) {
    expect(found(query, entries), query).toEqual([1, 2]);
  }
});

test("of everything is nothing", () => {
  expect(found("NOT *", [{}])).toEqual([]);
  expect(found("-*", [{}])).toEqual([]);
});
