import { afterEach, expect, test, vi } from "vitest";
import { rangeText } from "./range-text.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

const at = (text: string) => Date.parse(`${text}Z`);

test("says how far back a range goes", () => {
  expect(rangeText({ kind: "last", length: "1h" }, "utc")).toBe("Last 1 hour");
});

test("says both ends and the zone, and a day once", () => {
  const from = at("2026-11-22T09:00");
  expect(rangeText({ kind: "between", from, to: at("2026-11-22T10:00:05") }, "utc")).toBe(
    "2026-11-22 09:00 – 10:00:05 UTC",
  );
  expect(rangeText({ kind: "between", from, to: at("2026-11-23T00:00") }, "utc")).toBe(
    "2026-11-22 09:00 – 2026-11-23 00:00 UTC",
  );
  expect(rangeText({ kind: "since", from }, "utc")).toBe("Since 2026-11-22 09:00 UTC");
});

test("says both zones where the clock changes in between", () => {
  vi.stubEnv("TZ", "Europe/Berlin");
  const range = { kind: "between", from: at("2026-10-24T22:00"), to: at("2026-10-25T23:00") };
  expect(rangeText({ ...range, kind: "between" }, "local")).toBe(
    "2026-10-25 00:00 UTC+02:00 – 2026-10-26 00:00 UTC+01:00",
  );
});
