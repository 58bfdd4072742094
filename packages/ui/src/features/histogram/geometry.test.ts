import { expect, test } from "vitest";
import { barAt, severityPaths } from "./geometry.ts";
import { toSeries } from "./series.ts";

const series = toSeries(
  [
    {
      from: 1_500,
      to: 4_000,
      intervalMs: 1_000,
      groups: [
        {
          by: { severity: "info" },
          points: [
            [1_000, 50],
            [2_000, 99],
          ],
        },
        { by: { severity: "error" }, points: [[2_000, 1]] },
      ],
      complete: true,
    },
  ],
  1_000,
);

test("bars are as wide as the part of the window that they cover, and stacked from the bottom", () => {
  const paths = severityPaths(series, 100, { width: 250, height: 50 });
  expect(paths.info).toBe("M0 25.0h49v25.0h-49zM50 0.0h99v49.5h-99z");
  expect(paths.warning).toBe("");
});

test("one among many is still seen", () => {
  expect(severityPaths(series, 10_000, { width: 250, height: 50 }).error).toBe(
    "M50 48.5h99v1.5h-99z",
  );
});

test("bars that are narrower than a pixel are drawn", () => {
  expect(severityPaths(series, 100, { width: 2, height: 50 }).error).toContain("h1");
});

test("a point is on the bar that covers it, or on the nearest", () => {
  expect([-5, 0, 49, 50, 149, 150, 250, 300].map((x) => barAt(series, x, 250))).toEqual([
    0, 0, 0, 1, 1, 2, 2, 2,
  ]);
});
