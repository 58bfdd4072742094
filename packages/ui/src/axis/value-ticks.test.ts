import fc from "fast-check";
import { expect, test } from "vitest";
import { valueTicks } from "./value-ticks.ts";

test.each([
  [1, [0, 1]],
  [2, [0, 1, 2]],
  [7, [0, 5, 10]],
  [10, [0, 5, 10]],
  [1290, [0, 500, 1000, 1500]],
])("up to %d there are the ticks %j", (max, ticks) => {
  expect(valueTicks(max, 1)).toEqual(ticks);
});

test.each([0, -1, Number.NaN])("nothing above zero (%d) has one tick", (max) => {
  expect(valueTicks(max)).toEqual([0]);
});

test("the top is not below the largest value, and there are at most three steps", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (max) => {
      const ticks = valueTicks(max, 1);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(max);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(4);
    }),
  );
});
