import { describe, expect, it } from "vitest";
import type { StoredEntry } from "./entry.ts";
import { createCsvRenderer, csvColumnsDefault, csvRecord } from "./render-csv.ts";
import { plainEntry } from "./test/plain-entry.ts";

const entry: StoredEntry = {
  ...plainEntry({
    timestamp: Date.UTC(2026, 10, 22, 9, 0, 0, 123),
    severity: "error",
    message: "connection reset",
    service: "matchmaker",
    attributeNames: ["player_id", "latency_ms", "retry", "service", "delta"],
    attributeValues: ["p-81", 41.5, true, "inner", -3],
  }),
  logId: "019ab5c2-7d3e-7c01-9f00-6b1e5a000003",
};

const render = (column: string, changes: Partial<StoredEntry> = {}): string =>
  createCsvRenderer([column])({ ...entry, ...changes }).slice(0, -2);

describe("a record", () => {
  it("has everything of an entry when no columns are chosen", () => {
    const attributes =
      '"{""player_id"":""p-81"",""latency_ms"":41.5,""retry"":true,""service"":""inner"",""delta"":-3}"';
    expect(createCsvRenderer(csvColumnsDefault)(entry)).toBe(
      `2026-11-22T09:00:00.123Z,error,matchmaker,,connection reset,,,${entry.logId},${attributes}\r\n`,
    );
  });

  it.each([
    ["player_id", "p-81"],
    ["latency_ms", "41.5"],
    ["retry", "true"],
    ["nothing", ""],
    ["service", "matchmaker"],
    ["attributes.service", "inner"],
    ["attributes.latency_ms", "41.5"],
    ["attributes.", ""],
  ])("has the field %s as a query names it", (column, text) => {
    expect(render(column)).toBe(text);
  });

  it.each([
    ["a,b", '"a,b"'],
    ["a;b", '"a;b"'],
    ['a"b', '"a""b"'],
    ["a\nb", '"a\nb"'],
    ["a\rb", '"a\rb"'],
    ["a\tb", '"a\tb"'],
    ["a b", "a b"],
    ["", ""],
  ])("quotes what RFC 4180 and spreadsheets need quoted: %j", (message, text) => {
    expect(render("message", { message })).toBe(text);
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201"])(
    "keeps a spreadsheet from running %j",
    (message) => {
      expect(render("message", { message })).toBe(`'${message}`);
    },
  );

  it.each(["\t=1", "\r=1", "\n=1", '=HYPERLINK("x","y")'])(
    "keeps a spreadsheet from running %j, and quotes it",
    (message) => {
      expect(render("message", { message })).toBe(`"'${message.replaceAll('"', '""')}"`);
    },
  );

  it.each([
    ["\x1b[31mred\x1b[0m", "␛[31mred␛[0m"],
    ["\0=1\x08", "␀=1␈"],
    ["\x7f\x9b2J", "␡\ufffd2J"],
  ])("shows control characters as pictures, so that a terminal obeys none: %j", (message, text) => {
    expect(render("message", { message })).toBe(text);
  });

  it("leaves numbers numbers, negative ones too", () => {
    expect(render("delta")).toBe("-3");
  });

  it("guards names and service as it guards messages", () => {
    expect(csvRecord(["=a", "b,c"])).toBe(`'=a,"b,c"\r\n`);
    expect(render("service", { service: "=cmd|' /C calc'!A0" })).toBe("'=cmd|' /C calc'!A0");
  });
});
