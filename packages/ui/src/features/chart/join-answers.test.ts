import { expect, it, test } from "vitest";
import { type Answer, joinAnswers, nextFromOf } from "./join-answers.ts";

const answer = (change: Partial<Answer>): Answer => ({
  from: 1_000,
  to: 9_000,
  intervalMs: 1_000,
  groups: [],
  complete: false,
  scannedTo: 3_500,
  measure: "count",
  ...change,
});

const a = { by: { service: "a" } };
const b = { by: { service: "b" } };

it("adds up an interval that two answers share, and orders groups by what both have", () => {
  const joined = joinAnswers([
    answer({
      groups: [
        {
          ...a,
          points: [
            [1_000, 5],
            [3_000, 1],
          ],
        },
        { ...b, points: [[3_000, 2]] },
      ],
    }),
    answer({
      from: 3_500,
      scannedTo: 8_000,
      groups: [
        {
          ...b,
          points: [
            [3_000, 7],
            [4_000, 1],
          ],
        },
      ],
    }),
  ]);
  expect(joined).toMatchObject({ from: 1_000, to: 9_000, complete: false, scannedTo: 8_000 });
  expect(joined?.groups).toEqual([
    {
      ...b,
      points: [
        [3_000, 9],
        [4_000, 1],
      ],
    },
    {
      ...a,
      points: [
        [1_000, 5],
        [3_000, 1],
      ],
    },
  ]);
});

test.each([
  ["sum(x),count", 12],
  ["min(x),count", 5],
  ["max(x),count", 7],
])("the totals of %s are one point for all of the time", (measure, expected) => {
  const joined = joinAnswers([
    answer({ measure, intervalMs: null, groups: [{ by: {}, points: [[1_000, 5, 2]] }] }),
    answer({ measure, intervalMs: null, groups: [{ by: {}, points: [[3_500, 7, 1]] }] }),
    answer({ measure, intervalMs: null, groups: [{ by: {}, points: [[4_000, null, 4]] }] }),
  ]);
  expect(joined?.groups).toEqual([{ by: {}, points: [[1_000, expected, 7]] }]);
});

it("goes on with what can be joined only", () => {
  expect(nextFromOf("count")(answer({}))).toBe(3_500);
  expect(nextFromOf("max(a,b),count")(answer({}))).toBe(3_500);
  expect(nextFromOf("count")(answer({ complete: true }))).toBeUndefined();
  expect(nextFromOf("p95(x),count")(answer({}))).toBeUndefined();
  expect(nextFromOf("avg(x)")(answer({}))).toBeUndefined();
  expect(nextFromOf("count")(answer({ other: { points: [] } }))).toBeUndefined();
});

it("ends before an answer in which groups of before may be among all others", () => {
  const first = answer({ groups: [{ ...a, points: [[1_000, 5]] }] });
  const mixed = answer({ from: 3_500, scannedTo: 8_000, other: { points: [[4_000, 9]] } });
  expect(joinAnswers([first, mixed])).toEqual(first);
  expect(joinAnswers([mixed])).toEqual(mixed);
  expect(joinAnswers([])).toBeUndefined();
});

it("tells the warnings of all answers", () => {
  const warning = (code: "GROUPS_LIMITED" | "BUDGET_SPENT") => [{ code, message: code }];
  const joined = joinAnswers([
    answer({ warnings: warning("GROUPS_LIMITED") }),
    answer({ warnings: warning("BUDGET_SPENT") }),
  ]);
  expect(joined?.warnings?.map(({ code }) => code)).toEqual(["GROUPS_LIMITED", "BUDGET_SPENT"]);
});
