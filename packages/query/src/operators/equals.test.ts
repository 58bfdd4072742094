import { expect, test } from "vitest";
import { parse } from "../parse.ts";
import { print } from "../print.ts";
import { found, parsed, problemsOf } from "../test/check.ts";

test("finds a number however it is written, and a string as it is written", () => {
  const entries = [{ x: 500 }, { x: "500" }, { x: "5e2" }, { x: 500.5 }];
  expect(found("x:500", entries)).toEqual([0, 1]);
  expect(found("x:5e2", entries)).toEqual([0, 2]);
  expect(found("x:500.0", entries)).toEqual([0]);
  expect(found("x:0500", entries)).toEqual([]);
  expect(found('x:"500"', entries)).toEqual([0, 1]);
});

test("does not take a long id for a number near it", () => {
  const entries = [{ x: 76561198000000000 }, { x: "76561198000000001" }];
  expect(found("x:76561198000000001", entries)).toEqual([1]);
  expect(found("x:76561198000000000", entries)).toEqual([0]);
});

test("finds minus zero as zero", () => {
  expect(found("x:0", [{ x: -0 }, { x: 0 }])).toEqual([0, 1]);
});

test("reads built-in fields and attributes", () => {
  const entries = [
    {
      severity: "error",
      service: "s",
      level: "l",
      message: "m",
      traceId: "t",
      spanId: "p",
      logId: "i",
    },
    { "a b": "c", "attributes.x": "y", attributes: { severity: "error" } },
  ];
  for (const field of ["severity:error", "service:s", "level:l", "message:m", "traceId:t"]) {
    expect(found(field, entries), field).toEqual([0]);
  }
  for (const query of ["spanId:p", "logId:i"]) expect(found(query, entries), query).toEqual([0]);
  expect(found('"a b":c', entries)).toEqual([1]);
  expect(found("attributes.severity:error", entries)).toEqual([1]);
  expect(found("attributes.attributes.x:y", entries)).toEqual([1]);
});

test("has one spelling for a field", () => {
  expect(parsed("attributes.x:1")).toEqual({ op: "equals", field: "x", value: "1" });
  expect(parsed("attributes.level:1")).toEqual({
    op: "equals",
    field: "attributes.level",
    value: "1",
  });
});

test.each([
  ["x:a:b/c?d=e", 'x:"a:b/c?d=e"'],
  ['x:""', 'x:""'],
  ["x:\\*", 'x:"*"'],
  ["x:AND", "x:AND"],
  ["AND:x", "AND:x"],
  ["x:-a", "x:-a"],
  ["x:/var/log", 'x:"/var/log"'],
  ['"-x":a', '"-x":a'],
  ["a\\:b:c", '"a:b":c'],
])("%s prints as %s", (text, printed) => {
  expect(print(parsed(text))).toBe(printed);
});

test("refuses a field without a name, and a star in one", () => {
  expect(problemsOf('"":x')).toEqual(['"":: the name of the field is empty']);
  expect(problemsOf("a*:x")).toEqual([
    "a*: a star in the name of a field has no meaning; name the field",
  ]);
});

test("knows the three severities", () => {
  for (const severity of ["info", "warning", "error"]) {
    expect(parse(`severity:${severity}`).problems).toEqual([]);
  }
  expect(problemsOf('severity:"Warn"')).toEqual([
    '"Warn": severity is info, warning or error; the sender\'s own word is in level -> warning',
  ]);
});
