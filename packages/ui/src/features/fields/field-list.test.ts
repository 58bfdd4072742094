import { expect, it } from "vitest";
import { type Field, fieldsShown, figuresOf, measuresOf, valueText } from "./field-list.ts";

const field = (name: string, count: number): Field => ({ name, types: { string: count }, count });

const fields = ["message", "service", "player_id", "severity", "level"].map((name, i) =>
  field(name, 100 - i),
);

it.each([
  ["", ["severity", "service", "level", "message", "player_id"]],
  [" SE", ["severity", "service"]],
  ["_id", ["player_id"]],
  ["nothing", []],
])("shows for %j the fields %j", (text, expected) => {
  expect(fieldsShown(fields, text).map(({ name }) => name)).toEqual(expected);
});

it.each([
  ["chat", "chat"],
  ["", '""'],
  [" ", '" "'],
  ["500", '"500"'],
  ["true", '"true"'],
  [500, "500"],
  [true, "true"],
  ["p-500", "p-500"],
])("writes the value %j as %s", (value, expected) => {
  expect(valueText(value)).toBe(expected);
});

it("measures no field whose name would close a measure", () => {
  expect(measuresOf("http.status")).toContain("p95(http.status)");
  expect(measuresOf("a(b)")).toBeUndefined();
});

it("reads the figures of a range, and of one without any", () => {
  const answer = { from: 0, to: 1, intervalMs: null, complete: true };
  const point = [0, 0.25, 140.2927, null, 17729.6] as const;
  expect(figuresOf({ ...answer, groups: [{ by: {}, points: [[...point]] }] })).toEqual([
    "0.25",
    "140.3",
    "–",
    "17,730",
  ]);
  expect(figuresOf({ ...answer, groups: [] })).toEqual(["–", "–", "–", "–"]);
});
