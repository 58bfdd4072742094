import { expect, it } from "vitest";
import { rangeDefault, windowOf } from "../../view/time-range.ts";
import { rangeAround } from "./range-around.ts";

const now = Date.UTC(2026, 10, 22, 9);
const window = windowOf(rangeDefault, now);

it("keeps a range that holds the moment", () => {
  expect(rangeAround(rangeDefault, window, now - 1)).toBe(rangeDefault);
  expect(rangeAround(rangeDefault, window, window.from)).toBe(rangeDefault);
});

it("goes to another moment, and looks to both sides of it", () => {
  const hour = 3_600_000;
  const ms = window.from - 1;
  const expected = { kind: "between", from: ms - hour, to: ms + hour };
  expect(rangeAround(rangeDefault, window, ms)).toEqual(expected);
  expect(rangeAround(rangeDefault, window, window.to)).toMatchObject({ kind: "between" });
});
