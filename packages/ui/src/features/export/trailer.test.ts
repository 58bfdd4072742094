import { expect, it } from "vitest";
import { trailerWarnings } from "./trailer.ts";

const entry = '{"logId":"019ab5c2-7d3e-7c01-9f00-6b1e5a000003","message":"# no warning"}\n';
const message = "the day 2026-11-21 is damaged and left out";

it("finds nothing at the end of a file that is whole", () => {
  expect(trailerWarnings("", "ndjson")).toEqual([]);
  expect(trailerWarnings(entry + entry, "ndjson")).toEqual([]);
  expect(trailerWarnings('the rest of a line"}\n', "ndjson")).toEqual([]);
  expect(trailerWarnings("", "csv")).toEqual([]);
  expect(trailerWarnings("2026-11-22T09:00:00.123Z,info,# no warning\r\n", "csv")).toEqual([]);
});

it("takes no line of a message for a warning", () => {
  const record = '2026-11-22T09:00:00.123Z,info,"a note\n# NOTE: all is well",,';
  expect(trailerWarnings(`${record}\r\n`, "csv")).toEqual([]);
});

it("finds the warnings in the last line of NDJSON", () => {
  const last = JSON.stringify({ warnings: [{ code: "CHUNK_CORRUPT", message }] });
  expect(trailerWarnings(`${entry}${last}\n`, "ndjson")).toEqual([message]);
});

it("does not take an entry for a warning", () => {
  const own = '{"logId":"019ab5c2-7d3e-7c01-9f00-6b1e5a000003","warnings":[{"message":"mine"}]}';
  expect(trailerWarnings(own, "ndjson")).toEqual([]);
});

it("finds the warnings in the last records of CSV", () => {
  const end = [
    "2026-11-22T09:00:00.123Z,info,chat",
    `# CHUNK_CORRUPT: ${message},,`,
    '"# CHUNK_CORRUPT: ""a"", and b",,',
    "",
  ].join("\r\n");
  expect(trailerWarnings(end, "csv")).toEqual([message, '"a", and b']);
});
