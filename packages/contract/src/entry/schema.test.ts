import { describe, expect, it } from "vitest";
import { parseExactJson } from "./exact-json.ts";
import { entryProblems, entrySchema, entrySchemaAt } from "./schema.ts";

const now = Date.UTC(2026, 10, 22, 9);

const attributesOf = (text: string) => {
  const { attributeNames, attributeValues } = entrySchema.parse(
    parseExactJson(`{"severity":"info","message":"m",${text}}`),
  );
  return Object.fromEntries(attributeNames.map((name, index) => [name, attributeValues[index]]));
};

const problemsOf = (text: string) => {
  const { error } = entrySchemaAt(now, now - 1000).safeParse(parseExactJson(text));
  return (error === undefined ? [] : entryProblems(error)).map(({ path, code, message }) => [
    path,
    code,
    message,
  ]);
};

const entryWith = (member: string) => `{"severity":"info","message":"m",${member}}`;

describe("attributes", () => {
  it.each([
    ['"player_id":"p-81"', { player_id: "p-81" }],
    ['"attributes":{"player_id":"p-81"}', { player_id: "p-81" }],
    ['"attributes":{"a":1},"a":2', { a: 1 }],
    ['"a":1,"a":2', { a: 2 }],
    ['"http":{"status":502,"path":{"raw":"/x"}}', { "http.status": 502, "http.path.raw": "/x" }],
    ['"http.status":502', { "http.status": 502 }],
    ['"attributes":{"a.b":1,"a":{"b":2}}', { "a.b": 2 }],
    ['"tags":["a",1,null,{"b":1.50}]', { tags: '["a",1,null,{"b":1.5}]' }],
    ['"none":null,"empty":{},"attributes":null', {}],
    ['"":1', { "": 1 }],
    ['"logId":"mine"', { logId: "mine" }],
    ['"attributes":{"severity":"fatal"}', { severity: "fatal" }],
    ['"id":76561198000000001', { id: "76561198000000001" }],
    ['"ids":[76561198000000001]', { ids: "[76561198000000001]" }],
    ['"huge":1e400,"small":1e-400', { huge: "1e400", small: "1e-400" }],
    ['"x":0.1,"y":1e3,"z":0.10000000000000001', { x: 0.1, y: 1000, z: 0.1 }],
    ['"x":0.100000000000000000001', { x: "0.100000000000000000001" }],
  ])("of %s", (text, attributes) => {
    expect(attributesOf(text)).toEqual(attributes);
  });

  it("keep a name that objects have of themselves", () => {
    const { attributeNames } = entrySchema.parse(
      parseExactJson(entryWith('"__proto__":1,"attributes":{"constructor":2}')),
    );
    expect(attributeNames).toEqual(["__proto__", "constructor"]);
  });
});

describe("a refusal", () => {
  const limit = "accepted is 2026-11-22T08:59:59.000Z to 2026-11-22T09:10:00.000Z";

  it.each([
    ["7", "", "ENTRY_NOT_OBJECT", "an entry is a JSON object, not 7"],
    ["1e400", "", "ENTRY_NOT_OBJECT", "an entry is a JSON object, not 1e400"],
    ["[]", "", "ENTRY_NOT_OBJECT", "an entry is a JSON object, not []"],
    ['{"message":"m"}', "severity", "FIELD_REQUIRED", "severity is missing"],
    ['{"severity":"info","message":null}', "message", "FIELD_REQUIRED", "message is missing"],
    ['{"severity":"info","message":""}', "message", "MESSAGE_EMPTY", "message is empty"],
    [
      '{"severity":"Error","message":"m"}',
      "severity",
      "SEVERITY_INVALID",
      'severity is "Error"; it must be info, warning or error',
    ],
    [
      '{"severity":"info","message":76561198000000001}',
      "message",
      "FIELD_TYPE_INVALID",
      "message is 76561198000000001; it must be a string",
    ],
    [
      entryWith('"attributes":1e400'),
      "attributes",
      "FIELD_TYPE_INVALID",
      "attributes is 1e400; it must be an object",
    ],
    [
      entryWith(`"service":"${"s".repeat(201)}"`),
      "service",
      "FIELD_TOO_LONG",
      "service is 201 characters; the limit is 200",
    ],
    [
      entryWith('"timestamp":"2026-11-22T09:10:00.001Z"'),
      "timestamp",
      "TIMESTAMP_TOO_FAR_AHEAD",
      `timestamp is 2026-11-22T09:10:00.001Z; ${limit}`,
    ],
    [
      entryWith('"timestamp":1795337998999'),
      "timestamp",
      "TIMESTAMP_TOO_OLD",
      `timestamp is 2026-11-22T08:59:58.999Z; ${limit}`,
    ],
    [
      entryWith('"attributes":{"a":{"b":{"c":{"d":{"e":{"f":{"g":{}}}}}}}}'),
      "attributes.a.b.c.d.e.f.g",
      "ATTRIBUTES_TOO_DEEP",
      "attributes.a.b.c.d.e.f.g is nested deeper than 6 levels",
    ],
  ])("of %s", (text, path, code, message) => {
    expect(problemsOf(text)).toEqual([[path, code, message]]);
  });

  it("tells all problems of an entry", () => {
    const text = '{"severity":"fatal","timestamp":"now","service":7}';
    expect(
      problemsOf(text)
        .map(([path]) => path)
        .toSorted(),
    ).toEqual(["message", "service", "severity", "timestamp"]);
  });
});
