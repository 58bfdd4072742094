import { expect, it } from "vitest";
import { widerLengths } from "./wider-ranges.ts";

const hour = 3_600_000;

it("offers longer ranges than the one in which nothing was", () => {
  expect(widerLengths({ from: 0, to: hour })).toEqual(["3h", "6h", "12h"]);
  expect(widerLengths({ from: 0, to: 24 * hour })).toEqual(["3d", "7d", "30d"]);
});

it("offers none where nothing is longer", () => {
  expect(widerLengths({ from: 0, to: 24 * 400 * hour })).toEqual([]);
});
