import { expect, it } from "vitest";
import { formatSeen, formatWindow } from "./comparison.ts";

const at = (text: string) => Date.parse(`${text}Z`);
const now = at("2026-11-22T10:30:00");

it.each([
  ["2026-11-22T09:00:00", "2026-11-22T10:00:00", "09:00:00 – 10:00:00"],
  ["2026-11-21T09:00:00", "2026-11-21T10:00:00", "11-21 09:00:00 – 10:00:00"],
  ["2026-11-21T23:00:00", "2026-11-22T01:00:00", "11-21 23:00:00 – 11-22 01:00:00"],
  ["2026-11-21T23:00:00", "2026-11-22T00:00:00", "11-21 23:00:00 – 00:00:00"],
])("says of a window what its day does not say: %s", (from, to, text) => {
  expect(formatWindow({ from: at(from), to: at(to) }, "utc", now)).toBe(text);
});

it("names the day of a moment where a range has several", () => {
  const seen = at("2026-11-22T09:00:00");
  const range = (from: string) => ({ from: at(from), to: now });
  expect(formatSeen(seen, range("2026-11-22T08:00:00"), "utc")).toBe("09:00:00");
  expect(formatSeen(seen, range("2026-11-21T08:00:00"), "utc")).toBe("11-22 09:00");
});
