import { describe, expect, it } from "vitest";
import { limits } from "./limits.ts";
import { parseBatch } from "./parse-batch.ts";

const now = Date.UTC(2026, 10, 22, 9);
const context = { now, oldest: 0, requireTimestamp: false };

interface Case {
  /** A body, as a value of JSON or as its text, that has `size` of what the limit counts. */
  readonly body: (size: number) => unknown;
  readonly path: string;
}

const withFields = (fields: Record<string, unknown>) => ({
  severity: "info",
  message: "m",
  ...fields,
});

/** `{ a: { a: ... 1 } }` with `levels` objects. */
const nest = (levels: number): unknown => (levels === 0 ? 1 : { a: nest(levels - 1) });

const nestArray = (levels: number): unknown => (levels === 0 ? 1 : [nestArray(levels - 1)]);

const many = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, index]));

/** An entry of `size` bytes of JSON: values of many attributes, then one that fills it up. */
const ofBytes = (size: number): string => {
  const values = Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [`v${index}`, "x".repeat(14_000)]),
  );
  const base = JSON.stringify(withFields({ ...values, rest: "" }));
  return base.replace('"rest":""', `"rest":"${"x".repeat(size - base.length)}"`);
};

const cases: Record<string, readonly Case[]> = {
  messageBytes: [
    { body: (size) => withFields({ message: "x".repeat(size) }), path: "message" },
    // Two bytes a character, then one of one byte where the size is odd.
    {
      body: (size) => withFields({ message: "é".repeat(size >> 1) + "x".repeat(size & 1) }),
      path: "message",
    },
    {
      body: (size) =>
        withFields({ message: "€".repeat(Math.floor(size / 3)) + "x".repeat(size % 3) }),
      path: "message",
    },
  ],
  serviceLength: [
    { body: (size) => withFields({ service: "x".repeat(size) }), path: "service" },
    { body: (size) => withFields({ service: "é".repeat(size) }), path: "service" },
  ],
  fieldLength: ["level", "traceId", "spanId"].map((field) => ({
    body: (size) => withFields({ [field]: "x".repeat(size) }),
    path: field,
  })),
  attributeNameLength: [
    { body: (size) => withFields({ ["x".repeat(size)]: 1 }), path: "x".repeat(200) },
    {
      body: (size) => withFields({ attributes: { ["x".repeat(size)]: 1 } }),
      path: `attributes.${"x".repeat(189)}`,
    },
    {
      body: (size) => withFields({ a: { ["x".repeat(size - 2)]: 1 } }),
      path: `a.${"x".repeat(198)}`,
    },
  ],
  attributeValueBytes: [
    { body: (size) => withFields({ a: "x".repeat(size) }), path: "a" },
    {
      body: (size) =>
        withFields({ attributes: { a: "é".repeat(size >> 1) + "x".repeat(size & 1) } }),
      path: "attributes.a",
    },
    { body: (size) => withFields({ a: { b: "x".repeat(size) } }), path: "a.b" },
    // A lone surrogate takes three bytes, as the character in its place would.
    {
      body: (size) =>
        withFields({ a: "\ud800".repeat(Math.floor(size / 3)) + "x".repeat(size % 3) }),
      path: "a",
    },
    // An array is as large as its text: two brackets and two quotes.
    { body: (size) => withFields({ a: ["x".repeat(size - 4)] }), path: "a" },
  ],
  attributes: [
    { body: (size) => withFields(many(size)), path: "attributes" },
    { body: (size) => withFields({ attributes: many(size) }), path: "attributes" },
    { body: (size) => withFields({ a: many(size) }), path: "attributes" },
    { body: (size) => withFields({ x: 1, attributes: many(size - 1) }), path: "attributes" },
    // The same name at both places is one attribute, and null is none.
    { body: (size) => withFields({ n0: 1, no: null, attributes: many(size) }), path: "attributes" },
  ],
  attributeDepth: [
    { body: (size) => withFields({ a: nest(size) }), path: `a${".a".repeat(6)}` },
    {
      body: (size) => withFields({ attributes: { a: nest(size) } }),
      path: `attributes.a${".a".repeat(6)}`,
    },
    { body: (size) => withFields({ a: nestArray(size) }), path: "a" },
    { body: (size) => withFields({ a: { b: nestArray(size - 1) } }), path: "a.b" },
    { body: (size) => withFields({ a: [1, { x: nestArray(size - 2) }] }), path: "a" },
  ],
  entryBytes: [
    { body: ofBytes, path: "" },
    { body: (size) => ofBytes(size).replace("xx", "é"), path: "" },
  ],
  timestampAheadMs: [
    { body: (size) => withFields({ timestamp: now + size }), path: "timestamp" },
    {
      body: (size) => withFields({ timestamp: new Date(now + size).toISOString() }),
      path: "timestamp",
    },
  ],
};

/** Limits on whole batches, or on what has nothing to do with entries; each has its test elsewhere. */
const otherLimits = [
  "batchEntries",
  "bodyBytes",
  "idempotencyKeyLength",
  "queryLength",
  "pageEntries",
];

const parse = (body: unknown, format: "json" | "ndjson") => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return parseBatch(new TextEncoder().encode(text), format, context);
};

type EntryLimit = Exclude<keyof typeof limits, "batchEntries">;

describe("the limits on an entry", () => {
  it("have a test each", () => {
    expect([...Object.keys(cases), ...otherLimits].toSorted()).toEqual(
      Object.keys(limits).toSorted(),
    );
  });

  // The names are those of `limits`, as the test above holds.
  const table = Object.entries(cases).flatMap(([name, list]) =>
    list.map((one, index) => [name as EntryLimit, index, one] as const),
  );

  it.each(table)("%s, case %i: takes what is at the limit", (name, _, { body }) => {
    const { value } = limits[name];
    expect(parse(body(value), "ndjson")).toMatchObject({ rejected: [], entries: [{}] });
    expect(parse(body(value), "json")).toMatchObject({ rejected: [], entries: [{}] });
  });

  it.each(table)("%s, case %i: refuses one more", (name, _, { body, path }) => {
    const { value, code } = limits[name];
    const { entries, rejected } = parse(body(value + 1), "ndjson");
    expect(entries).toEqual([]);
    expect(
      rejected[0]?.problems.map((problem) => [problem.code, problem.path.slice(0, 200)]),
    ).toEqual([[code, path]]);
    expect(rejected[0]?.code).toBe(code);
    expect(rejected[0]?.message.length).toBeLessThan(250);
    expect(parse(body(value + 1), "json").rejected).toEqual(rejected);
  });

  it("names the value and the limit", () => {
    const messages = [
      withFields({ message: "x".repeat(70_000) }),
      withFields({ service: "x".repeat(201) }),
      withFields({ a: "x".repeat(20_000) }),
      withFields({ ["x".repeat(300)]: 1 }),
      withFields(many(130)),
      withFields({ a: nest(8) }),
      ofBytes(140_000),
      withFields({ timestamp: now + 600_001 }),
    ].map((body) => parse(body, "json").rejected[0]?.message);
    expect(messages).toEqual([
      "message is 70000 bytes; the limit is 65536",
      "service has 201 characters; the limit is 200",
      'the value of "a" is 20000 bytes; the limit is 16384',
      `the name "${"x".repeat(40)}"... has 300 characters; the limit is 200`,
      "the entry has 130 attributes after flattening; the limit is 128",
      '"a.a.a.a.a.a.a" is nested too deep; the limit is 6 levels',
      "the entry is 140000 bytes; the limit is 131072",
      "timestamp is 1795338600001; the limit is 10 minutes ahead of the server's clock, which is at 2026-11-22T09:00:00.000Z",
    ]);
  });
});
