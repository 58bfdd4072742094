import { describe, expect, it } from "vitest";
import { type Figure, verdictOf } from "./figure.ts";
import { median, quantile } from "./statistics.ts";

const speed: Figure = {
  name: "speed",
  value: 15,
  unit: "entries/s",
  digits: 0,
  must: { atLeast: 10 },
  aim: { atLeast: 20 },
};

describe("the verdict on a figure", () => {
  it.each([
    [9.99, "missed"],
    [10, "must held"],
    [20, "aim reached"],
  ])("with a floor at %d is %s", (value, verdict) => {
    expect(verdictOf({ ...speed, value })).toBe(verdict);
  });

  it.each([
    [21, "missed"],
    [20, "must held"],
    [10, "aim reached"],
  ])("with a ceiling at %d is %s", (value, verdict) => {
    expect(verdictOf({ ...speed, value, must: { atMost: 20 }, aim: { atMost: 10 } })).toBe(verdict);
  });
});

describe("a quantile", () => {
  it("takes the nearest rank", () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(quantile([1, 2, 3, 4], 0.99)).toBe(4);
    expect(() => median([])).toThrow(RangeError);
  });
});
