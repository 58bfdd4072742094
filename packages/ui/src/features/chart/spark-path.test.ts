import { expect, test } from "vitest";
import { sparkPath } from "./spark-path.ts";

const size = { width: 30, height: 12 };

test("a line uses all of the height and width", () => {
  expect(sparkPath([0, 5, 10, 5], size, true)).toBe("M0.0 11.0L10.0 6.0L20.0 1.0L30.0 6.0");
  expect(sparkPath([5, 10], size, false)).toBe("M0.0 11.0L30.0 1.0");
});

test("a line is broken where there is no value", () => {
  expect(sparkPath([1, null, 1, 2], size, true)).toBe("M0.0 6.0M20.0 6.0L30.0 1.0");
});

test("no value, one value and equal values are no trouble", () => {
  expect(sparkPath([], size, false)).toBe("");
  expect(sparkPath([null], size, true)).toBe("");
  expect(sparkPath([7], size, false)).toBe("M0.0 11.0");
  expect(sparkPath([7, 7], size, false)).toBe("M0.0 11.0L30.0 11.0");
});
