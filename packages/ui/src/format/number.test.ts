import { expect, it } from "vitest";
import { formatBytes } from "./number.ts";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1 kB"],
  [12_345_678, "12.3 MB"],
  [5e12, "5 TB"],
  [2e16, "20,000 TB"],
])("writes %d bytes", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
