import { describe, expect, it } from "vitest";
import { isLogServiceError, type LogServiceError } from "../errors.ts";
import { rejectedListed } from "./limits.ts";
import { type BatchFormat, parseBatch } from "./parse-batch.ts";

const now = Date.UTC(2026, 10, 22, 9);
const context = { now, oldest: 0, requireTimestamp: false };
const bytesOf = (body: string): Uint8Array => new TextEncoder().encode(body);

const parse = (body: string | Uint8Array, format: BatchFormat = "json", more = {}) =>
  parseBatch(typeof body === "string" ? bytesOf(body) : body, format, { ...context, ...more });

/** The code and the message that the body as a whole is refused with. */
const refusalOf = (body: string | Uint8Array, format: BatchFormat = "json"): string => {
  try {
    parse(body, format);
  } catch (error) {
    expect(isLogServiceError(error)).toBe(true);
    const { code, message } = error as LogServiceError; // as the line above holds
    return `${code}: ${message}`;
  }
  return "taken";
};

const good = '{"severity":"info","message":"m"}';

const joined = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...bytesOf(part)] : part)));

describe("an NDJSON body", () => {
  it("gives the good lines, and tells what is wrong with the others", () => {
    const body = `${good}\r\n\n  \t\n{"severity":"ERROR"}\n5\n${good}\n{"sev`;
    const { isSingle, entries, rejectedCount, rejected } = parse(body, "ndjson");
    expect([isSingle, entries.length, rejectedCount]).toEqual([false, 2, 3]);
    expect(rejected.map(({ index, code, message }) => [index, code, message])).toEqual([
      [
        1,
        "SEVERITY_INVALID",
        'severity is "ERROR"; accepted are info, warning and error, in lower case; did you mean error? (and 1 more problem)',
      ],
      [2, "ENTRY_NOT_OBJECT", "the entry is 5; it must be a JSON object"],
      [4, "ENTRY_NOT_JSON", "not JSON at column 6: the string is not valid, the text ends"],
    ]);
  });

  it.each(["", "\n\n", " \r\n\t\n", "\ufeff\n"])("%j is empty", (body) => {
    expect(refusalOf(body, "ndjson")).toBe("BATCH_EMPTY: the body has no entry");
    expect(refusalOf(body, "text")).toBe("BATCH_EMPTY: the body has no entry");
  });

  it("may begin with a byte order mark, but no later line may", () => {
    expect(parse(`\ufeff${good}\n`, "ndjson")).toMatchObject({ entries: [{}], rejected: [] });
    expect(parse(`${good}\n\ufeff${good}\n`, "ndjson")).toMatchObject({
      entries: [{}],
      rejected: [{ index: 1, code: "ENTRY_NOT_JSON" }],
    });
  });

  it("loses only the lines that are not UTF-8", () => {
    const body = joined(
      [0xef, 0xbb, 0xbf],
      `${good}\n`,
      '{"é',
      [0xe9],
      `"}\n\n`,
      `${good}\n`,
      [0xff],
    );
    const { entries, rejected } = parse(body, "ndjson");
    expect(entries.length).toBe(2);
    expect(rejected.map(({ index, code, message }) => [index, code, message])).toEqual([
      [1, "ENTRY_NOT_UTF8", "the line is not UTF-8 at byte 5"],
      [3, "ENTRY_NOT_UTF8", "the line is not UTF-8 at byte 1"],
    ]);
  });

  it("is the same however its lines lie in pieces", () => {
    const lines = Array.from({ length: 3000 }, (_, index) =>
      JSON.stringify({ severity: "info", message: `${"é".repeat(index % 97)} ${index}`, index }),
    );
    const { entries, rejected } = parse(lines.join("\r\n"), "ndjson");
    expect(rejected).toEqual([]);
    expect(entries.map(({ attributeValues }) => attributeValues[0])).toEqual([...lines.keys()]);
    expect(parse(`[${lines.join(",\n")}]`).entries).toEqual(entries);
    const long = JSON.stringify({ severity: "info", message: "m", ...longValues(8) });
    const mixed = parse([long, ...lines, long, long].join("\n"), "ndjson");
    expect(mixed.entries.length).toBe(3003);
  });

  const longValues = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`v${at}`, "x".repeat(16_000)]));

  it("lists the first hundred of the rejected and counts the rest", () => {
    const { rejectedCount, rejected } = parse("{}\n".repeat(250), "ndjson");
    expect(rejectedCount).toBe(250);
    expect(rejected.map(({ index }) => index)).toEqual([...Array(rejectedListed).keys()]);
  });

  it("lists a bounded number of problems of one entry, those of fields first", () => {
    const deep = Object.fromEntries(
      Array.from({ length: 500 }, (_, at) => [`d${at}`, [[[[[[[1]]]]]]]]),
    );
    const { rejected } = parse(JSON.stringify({ ...deep, message: "m" }), "ndjson");
    expect(rejected[0]?.problems.length).toBe(101);
    expect(rejected[0]?.message).toBe("severity is missing (and 500 more problems)");
  });
});

describe("a body of text", () => {
  it("is an entry a line, as the line is", () => {
    const textDefaults = { severity: "warning", service: "nginx" };
    const body = '  indented \t\r\n\n{"severity":"error"}\n\u0000\u001b[31mé\n\t\nlast';
    const { isSingle, entries, rejected } = parse(body, "text", { textDefaults });
    expect([isSingle, rejected]).toEqual([false, []]);
    expect(entries.map(({ message }) => message)).toEqual([
      "  indented \t",
      '{"severity":"error"}',
      "\u0000\u001b[31mé",
      "last",
    ]);
    expect(new Set(entries.map((entry) => `${entry.severity} ${entry.service}`))).toEqual(
      new Set(["warning nginx"]),
    );
    expect(entries[0]).toMatchObject({ timestamp: now, attributeNames: [] });
  });

  it("is of info where nothing else is said", () => {
    expect(parse("a", "text").entries).toMatchObject([{ severity: "info", service: undefined }]);
  });

  it("refuses only the lines that are too long or not UTF-8", () => {
    const body = joined("a\n", "x".repeat(65_537), "\n", [0xff], "\nb\n");
    const { entries, rejected } = parse(body, "text");
    expect(entries.map(({ message }) => message)).toEqual(["a", "b"]);
    expect(rejected.map(({ index, code }) => [index, code])).toEqual([
      [1, "MESSAGE_TOO_LARGE"],
      [2, "ENTRY_NOT_UTF8"],
    ]);
  });
});
