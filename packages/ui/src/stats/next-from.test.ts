import { expect, test } from "vitest";
import { nextFrom } from "./next-from.ts";

const answer = { from: 1_500, to: 4_200, intervalMs: 1_000, groups: [], complete: false };

test("it goes on from where the last answer ended, unless that came no further", () => {
  expect(nextFrom({ ...answer, complete: true })).toBeUndefined();
  expect(nextFrom({ ...answer, scannedTo: 2_400 })).toBe(2_400);
  expect(nextFrom({ ...answer, scannedTo: 1_500 })).toBeUndefined();
  expect(nextFrom(answer)).toBeUndefined();
});
