import { describe, expect, it } from "vitest";
import { isLogServiceError, type LogServiceError } from "../errors.ts";
import { limits } from "./limits.ts";
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

describe("a JSON body", () => {
  it("of one object is a single entry", () => {
    const body = '{"severity":"info","message":"hello","player_id":"p-81","n":1.5,"x":null}';
    expect(parse(body)).toEqual({
      isSingle: true,
      rejectedCount: 0,
      rejected: [],
      entries: [
        {
          timestamp: now,
          severity: "info",
          message: "hello",
          service: undefined,
          level: undefined,
          traceId: undefined,
          spanId: undefined,
          attributeNames: ["player_id", "n"],
          attributeValues: ["p-81", 1.5],
        },
      ],
    });
  });

  it("of one bad object is one rejected entry, with every problem", () => {
    const body =
      '{"x":{"y":[[[[[[1]]]]]]},"severity":"FATAL","message":5,"service":{},"timestamp":"yesterday","traceId":76561198000000001}';
    const { isSingle, entries, rejectedCount, rejected } = parse(body);
    expect([isSingle, entries, rejectedCount]).toEqual([true, [], 1]);
    expect(rejected).toEqual([
      {
        index: 0,
        code: "TIMESTAMP_INVALID",
        message:
          'timestamp is "yesterday"; it must be ISO 8601 with a time zone, as in 2026-11-22T09:00:00.123Z, or milliseconds since 1970 (and 5 more problems)',
        problems: [
          expect.objectContaining({ path: "timestamp", code: "TIMESTAMP_INVALID" }),
          {
            path: "severity",
            code: "SEVERITY_INVALID",
            message:
              'severity is "FATAL"; accepted are info, warning and error, in lower case; did you mean error?',
          },
          {
            path: "message",
            code: "FIELD_TYPE_INVALID",
            message: "message is 5; it must be a string",
          },
          {
            path: "service",
            code: "FIELD_TYPE_INVALID",
            message: "service is an object; it must be a string",
          },
          {
            path: "traceId",
            code: "FIELD_TYPE_INVALID",
            message: "traceId is 76561198000000001; it must be a string",
          },
          {
            path: "x.y",
            code: "ATTRIBUTES_TOO_DEEP",
            message: '"x.y" is nested too deep; the limit is 6 levels',
          },
        ],
      },
    ]);
  });

  it("of an array is a batch, also of one", () => {
    expect(parse(`[${good}]`)).toMatchObject({ isSingle: false, entries: [{ message: "m" }] });
    const { entries, rejected } = parse(` [ ${good} , 5 , null , [] , "x" , ${good} ]\n`);
    expect(entries.length).toBe(2);
    expect(rejected.map(({ index, code, message }) => [index, code, message])).toEqual([
      [1, "ENTRY_NOT_OBJECT", "the entry is 5; it must be a JSON object"],
      [2, "ENTRY_NOT_OBJECT", "the entry is null; it must be a JSON object"],
      [3, "ENTRY_NOT_OBJECT", "the entry is an array; it must be a JSON object"],
      [4, "ENTRY_NOT_OBJECT", 'the entry is "x"; it must be a JSON object'],
    ]);
  });

  it.each(["", " \n\t", "[]", " [ ] ", "\ufeff", "\ufeff[]"])("%j is empty", (body) => {
    expect(refusalOf(body)).toBe("BATCH_EMPTY: the body has no entry");
  });

  it.each([
    ["hello", 'the body is not JSON at line 1, column 1: expected a value, found "h"'],
    ["[", "the body is not JSON at line 1, column 2: expected a value or ], the text ends"],
    [`[${good}`, "the body is not JSON at line 1, column 35: expected , or ], the text ends"],
    [`[${good},`, "the body is not JSON at line 1, column 36: expected a value, the text ends"],
    [`[${good},]`, 'the body is not JSON at line 1, column 36: expected a value, found "]"'],
    [`[,${good}]`, 'the body is not JSON at line 1, column 2: expected a value or ], found ","'],
    [`[${good} ${good}]`, 'the body is not JSON at line 1, column 36: expected , or ], found "{"'],
    [`[${good}]]`, 'the body is not JSON at line 1, column 36: expected the end, found "]"'],
    [`[${good}}`, 'the body is not JSON at line 1, column 35: expected , or ], found "}"'],
    [
      `[\n${good},\n{"a":}]`,
      'the body is not JSON at line 3, column 6: expected a value, found "}"',
    ],
    [
      '{"severity":"in',
      "the body is not JSON at line 1, column 16: the string is not valid, the text ends",
    ],
    [`${good}}`, 'the body is not JSON at line 1, column 34: expected the end, found "}"'],
    ['{"a":1]', 'the body is not JSON at line 1, column 7: expected , or }, found "]"'],
    [
      "severity=info&message=x",
      'the body is not JSON at line 1, column 1: expected a value, found "s"',
    ],
  ])("%j is refused with its place", (body, message) => {
    expect(refusalOf(body)).toBe(`BODY_INVALID: ${message}`);
  });

  it.each([`${good}\n${good}\n`, `${good}${good}`, '{"a":1}\n\n{"b'])(
    "that is NDJSON, %j, is told its content type",
    (body) => {
      expect(refusalOf(body)).toBe(
        "BODY_INVALID: the body is one JSON object after another; send it with content type application/x-ndjson",
      );
    },
  );

  it.each([
    ["5", "5"],
    ["null", "null"],
    ["76561198000000001", "76561198000000000"],
    [`"${"x".repeat(99)}"`, `"${"x".repeat(40)}"...`],
  ])("of %s is no entry", (body, shown) => {
    expect(refusalOf(body)).toBe(
      `ENTRY_NOT_OBJECT: the body is ${shown}; it must be a JSON object or an array of them`,
    );
  });

  it("that is not UTF-8 is refused with the byte", () => {
    expect(refusalOf(joined('["é', [0xff], '"]'))).toBe(
      "BODY_INVALID: the body is not UTF-8 at byte 5",
    );
    expect(refusalOf(joined([0xef, 0xbb, 0xbf], '"\ufffd', [0xc3], '"'))).toBe(
      "BODY_INVALID: the body is not UTF-8 at byte 8",
    );
  });

  it("of any depth is refused, not followed", () => {
    const deep = 100_000;
    expect(refusalOf("[".repeat(deep))).toMatch(/^BODY_INVALID/);
    expect(parse("[".repeat(deep) + "]".repeat(deep)).rejected).toMatchObject([
      { code: "ENTRY_TOO_LARGE" },
    ]);
    expect(parse("[".repeat(deep / 2) + "]".repeat(deep / 2))).toMatchObject({
      entries: [],
      rejected: [{ code: "ENTRY_NOT_OBJECT" }],
    });
    const nested = `{"severity":"info","message":"m","a":${'{"a":'.repeat(deep / 5)}1${"}".repeat(deep / 5)}}`;
    expect(parse(nested).rejected.map(({ code }) => code)).toEqual(["ATTRIBUTES_TOO_DEEP"]);
    const list = nested.replaceAll('{"a":', "[").replaceAll("}", "]").replace(/]$/, "}");
    expect(parse(list).rejected.map(({ code }) => code)).toEqual(["ATTRIBUTES_TOO_DEEP"]);
    const numbered = nested.replace("1}", "76561198000000001}");
    expect(parse(numbered).rejected.map(({ code }) => code)).toEqual(["ATTRIBUTES_TOO_DEEP"]);
  });

  it("is refused as a whole where an entry is too large and not JSON", () => {
    const large = `{"severity":"info","message":"m","a":"${"x".repeat(140_000)}"`;
    expect(parse(`[${large}},${good}]`)).toMatchObject({
      entries: [{}],
      rejected: [{ code: "ENTRY_TOO_LARGE" }],
    });
    expect(refusalOf(`[${large},},${good}]`)).toMatch(/^BODY_INVALID: .* column 140042/);
    expect(refusalOf(`${large},}`)).toMatch(/^BODY_INVALID: .* column 140041/);
  });
});

describe("a batch", () => {
  const { value: most } = limits.batchEntries;

  it.each<[BatchFormat, (count: number) => string]>([
    ["json", (count) => `[${Array(count).fill(good).join(",")}]`],
    ["ndjson", (count) => `${good}\n\n`.repeat(count)],
    ["text", (count) => "m\n".repeat(count)],
    // Bad entries count as well.
    ["ndjson", (count) => "{\n".repeat(count)],
  ])("of %s may have as many entries as the limit, and not one more", (format, body) => {
    const { entries, rejectedCount } = parse(body(most), format);
    expect(entries.length + rejectedCount).toBe(most);
    expect(refusalOf(body(most + 1), format)).toBe(
      "BATCH_TOO_LARGE: the batch has more than 10000 entries, which is the limit",
    );
  });
});
