import { expect, test } from "vitest";
import { isAdditive, parseMeasure, printMeasure } from "./measure.ts";

test.each(["count", "p95(latency_ms)", "sum(http.bytes)", "avg(attributes.level)"])(
  "what is read of %s is printed as it was",
  (text) => {
    expect(printMeasure(parseMeasure(text))).toBe(text);
  },
);

test.each(["", "p95", "p95()", "p42(x)", "p95(a)(b)", "toString(x)"])("%j counts", (text) => {
  expect(parseMeasure(text)).toEqual({ name: "count" });
});

test("counts and sums can be stacked, others not", () => {
  expect(
    ["count", "sum(x)", "avg(x)", "max(x)"].map((text) => isAdditive(parseMeasure(text))),
  ).toEqual([true, true, false, false]);
});
