import { describe, expect, it } from "vitest";
import { type Figure, verdictOf } from "./figure.ts";
import { othersShare, parseCoreTime } from "./other-load.ts";
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

describe("the share of others", () => {
  it("is what was busy and was not ours", () => {
    const before = parseCoreTime("cpu  100 0 50 800 50 0 0 0 0 0\ncpu0 1 1 1 1");
    const after = parseCoreTime("cpu  300 0 150 1300 50 0 0 200 0 0\n");
    expect(before).toEqual({ busy: 150, whole: 1000 });
    expect(othersShare(before, after, 3)).toBeCloseTo(0.2);
    expect(othersShare(before, after, 30)).toBe(0);
  });
});
