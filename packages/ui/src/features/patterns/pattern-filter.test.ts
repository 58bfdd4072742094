import { matches, parse } from "@log-service/query";
import { expect, it } from "vitest";
import { withPattern } from "./pattern-filter.ts";

const query = '"tick took" "ms, budget is"';

it.each([
  ["", false, query],
  ["severity:error", false, `severity:error ${query}`],
  ["a OR b", false, `(a OR b) ${query}`],
])("adds to %j, excluded: %j", (q, isExcluded, expected) => {
  expect(withPattern(q, query, isExcluded)).toBe(expected);
});

const entry = (message: string) => ({
  severity: "info" as const,
  message,
  attributeNames: [],
  attributeValues: [],
});

it.each([
  ["", "tick took 5 ms, budget is 3 ms", false],
  ["", "tick took 5 ms", true],
  ["tick OR tock", "tick took 5 ms", true],
  ["tick OR tock", "tick took 5 ms, budget is 3 ms", false],
])("leaves out of %j what the pattern finds: %j", (q, message, isLeft) => {
  const { filter, problems } = parse(withPattern(q, query, true));
  expect(problems).toEqual([]);
  expect(matches(filter, entry(message))).toBe(isLeft);
});
