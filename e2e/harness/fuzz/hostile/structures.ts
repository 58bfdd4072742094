import {
  entry,
  type HostileBody,
  json,
  lines,
  refused,
  refusedFor,
  storedWith,
  utf8,
} from "./hostile-body.ts";

export const notJson: readonly HostileBody[] = [
  json("an empty body", "", refused("BATCH_EMPTY")),
  json("only white space", " \r\n\t ", refused("BATCH_EMPTY")),
  json("an empty array", "[]", refused("BATCH_EMPTY")),
  json("text that is not JSON", "severity=info&message=m", refused("BODY_INVALID")),
  json("XML", "<entry/>", refused("BODY_INVALID")),
  json("a string", '"hello"', refused("ENTRY_NOT_OBJECT")),
  json("null", "null", refused("ENTRY_NOT_OBJECT")),
  json("a number", "1e400", refused("ENTRY_NOT_OBJECT")),
  json("a truncated object", '{"severity":"info","mess', refused("BODY_INVALID")),
  json("a truncated array", '[{"severity":"info","message":"m"},{"sev', refused("BODY_INVALID")),
  json("an array with a comma too much", `[${entry('"a":1')},]`, refused("BODY_INVALID")),
  json("text behind the object", `${entry('"a":1')}x`, refused("BODY_INVALID")),
  json("two objects, one after the other", entry('"a":1').repeat(2), refused("BODY_INVALID")),
  json("single quotes", "{'severity':'info','message':'m'}", refused("BODY_INVALID")),
  json("NaN", entry('"a":NaN'), refused("BODY_INVALID")),
  json("a NUL byte between two values", `[${entry('"a":1')}\0]`, refused("BODY_INVALID")),
  json("a raw NUL byte in a string", entry('"a":"x\0y"'), refused("BODY_INVALID")),
  lines("a truncated last line", () => utf8(`${entry('"a":1')}\n{"severity":"in`), {
    ...storedWith({ a: 1 }),
    rejected: ["ENTRY_NOT_JSON"],
  }),
];

const deep = 100_000;

const names = (count: number): string =>
  Array.from({ length: count }, (_, index) => `"n${index}":${index}`).join(",");

export const structures: readonly HostileBody[] = [
  json("arrays 10^5 levels deep", "[".repeat(deep), refused("BODY_INVALID")),
  json("whole arrays 10^5 levels deep", "[".repeat(deep) + "]".repeat(deep), {
    status: 400,
    code: "BATCH_ALL_REJECTED",
    entryCode: "ENTRY_TOO_LARGE",
  }),
  json("objects 10^5 levels deep, cut", '{"a":'.repeat(deep), refused("BODY_INVALID")),
  json(
    "an attribute 10^5 levels deep",
    entry(`"a":${'{"a":'.repeat(deep)}1${"}".repeat(deep)}`),
    refusedFor("ENTRY_TOO_LARGE"),
  ),
  json(
    "an attribute 15,000 levels deep, within the size of an entry",
    entry(`"a":${'{"a":'.repeat(15_000)}1${"}".repeat(15_000)}`),
    refusedFor("ATTRIBUTES_TOO_DEEP"),
  ),
  json(
    "an array 60,000 levels deep, within the size of an entry",
    entry(`"a":${"[".repeat(60_000)}${"]".repeat(60_000)}`),
    refusedFor("ATTRIBUTES_TOO_DEEP"),
  ),
  lines(
    "a deep line between two good ones",
    () => utf8(`${entry('"a":1')}\n${"[".repeat(60_000)}${"]".repeat(60_000)}\n${entry('"a":2')}`),
    {
      stored: [{ attributes: { a: 2 } }, { attributes: { a: 1 } }],
      rejected: ["ENTRY_NOT_OBJECT"],
    },
  ),
  json(
    "__proto__ keys",
    entry('"__proto__":{"polluted":true},"constructor":{"prototype":{"x":1}}'),
    storedWith({ "__proto__.polluted": true, "constructor.prototype.x": 1 }),
  ),
  json(
    "a __proto__ key with a plain value",
    entry('"attributes":{"__proto__":"p","toString":"t","hasOwnProperty":1}'),
    storedWith(JSON.parse('{"__proto__":"p","toString":"t","hasOwnProperty":1}')),
  ),
  json(
    "__proto__ in place of the fields",
    '{"__proto__":{"severity":"info","message":"m"}}',
    refusedFor("FIELD_REQUIRED"),
  ),
  json(
    "duplicate keys: the last wins",
    '{"severity":"fatal","severity":"info","message":"first","message":"m","a":1,"a":"2"}',
    storedWith({ a: "2" }),
  ),
  json(
    "a name both outside and inside of attributes: the inner wins",
    entry('"a":1,"attributes":{"a":2}'),
    storedWith({ a: 2 }),
  ),
  json("129 attributes", entry(names(129)), refusedFor("TOO_MANY_ATTRIBUTES")),
];
