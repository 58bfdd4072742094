import { expect, test } from "vitest";
import { parseLength } from "./parse-length.ts";

test.each([
  ["90m", "90m"],
  [" 90 min ", "90m"],
  ["1h 30m", "90m"],
  ["1h30m", "90m"],
  ["Last 2 Days", "2d"],
  ["24h", "1d"],
  ["36 hours", "36h"],
  ["45 secs", "45s"],
  ["2 hrs", "2h"],
  ["1 week", "7d"],
])("reads %j as %s", (text, length) => {
  expect(parseLength(text)).toBe(length);
});

test.each(["", "m", "90", "0m", "-5m", "5 months", "5 x", "1h 0m", "9999999m", "1.5h", "h1"])(
  "refuses %j as a length",
  (text) => {
    expect(parseLength(text)).toBeUndefined();
  },
);
