import { expect, test } from "vitest";
import { found, parsed } from "../test/check.ts";

test("finds every entry", () => {
  for (const text of ["", "  ", "*", "**", "a OR *"]) {
    expect(parsed(text), text).toEqual({ op: "all" });
  }
  expect(found("", [{}, { message: "a" }])).toEqual([0, 1]);
});
