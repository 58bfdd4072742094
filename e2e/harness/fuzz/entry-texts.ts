import fc from "fast-check";
import { testNow } from "../../../packages/api/src/test/test-app.ts";

const quoted = (text: fc.Arbitrary<string>) => text.map((one) => JSON.stringify(one));

const anyString = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("", "\ud800", "x\udfff", "\u0000", "\u2028", "1e400", "true", "ünïcode 😀"),
);

const number = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.stringMatching(/^-?[1-9]\d{0,25}(\.\d{1,25})?([eE][+-]?\d{1,3})?$/),
  fc.constantFrom(
    ..."0 -0 0.0 1e400 -1e400 1e-400 9007199254740992 9007199254740993 76561198000000001".split(
      " ",
    ),
    ..."0.30000000000000004 1.7976931348623157e308 5e-324 123456789012345678901234567890".split(
      " ",
    ),
  ),
);

const name = fc.oneof(
  fc.constantFrom("player_id", "match.id", "a", "b", "a.b", "", "__proto__", "constructor"),
  fc.constantFrom("toString", "logId", "1", "length", "n".repeat(200), "n".repeat(201)),
  anyString,
);

const object = (values: fc.Arbitrary<string>, maxLength = 4) =>
  fc
    .array(fc.tuple(name, values), { maxLength })
    .map((members) => members.map(([key, value]) => `${JSON.stringify(key)}:${value}`))
    .map((members) => `{${members.join(",")}}`);

const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "medium" },
    { weight: 5, arbitrary: fc.oneof(quoted(anyString), number) },
    fc.constantFrom("true", "false", "null"),
    object(tie("value")),
    fc.array(tie("value"), { maxLength: 4 }).map((all) => `[${all.join(",")}]`),
  ),
}));

const long = fc
  .tuple(fc.constantFrom("x", "ü", "€"), fc.constantFrom(200, 201, 5461, 16_384, 16_385, 65_537))
  .map(([unit, count]) => JSON.stringify(unit.repeat(count)));

const deep = fc
  .tuple(fc.constantFrom("[", '{"k":'), fc.integer({ min: 5, max: 9 }))
  .map(([open, depth]) => `${open.repeat(depth)}1${(open === "[" ? "]" : "}").repeat(depth)}`);

const usually = (common: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 12, arbitrary: common }, { weight: 1, arbitrary: fc.oneof(value, long) });

const timestamp = fc.oneof(
  fc.integer({ min: testNow - 100_000, max: testNow }).map(String),
  fc.integer({ min: 0, max: testNow }).map((ms) => JSON.stringify(new Date(ms).toISOString())),
  fc.constantFrom(String(testNow + 600_000), String(testNow + 600_001), "-1", "-0", "0", "null"),
  fc.constantFrom('"2026-02-30T00:00:00Z"', '"2026-11-22T09:00:00.1234567+02:00"', '"now"'),
);

const member = (key: string, text: fc.Arbitrary<string>) => text.map((one) => `"${key}":${one}`);

const maybe = (text: fc.Arbitrary<string>) => fc.option(text, { nil: "" });

/** The JSON text of one entry: usually a good one, of any shape. */
export const entryText: fc.Arbitrary<string> = fc
  .tuple(
    maybe(member("timestamp", usually(timestamp))),
    member("severity", usually(fc.constantFrom('"info"', '"warning"', '"error"'))),
    member(
      "message",
      usually(fc.oneof(fc.constant('"hello"'), quoted(fc.string({ minLength: 1 })))),
    ),
    maybe(member("service", usually(fc.constantFrom('"gateway"', '"chat"')))),
    maybe(member("level", usually(fc.constantFrom('"DEBUG"', '"x"')))),
    maybe(member("traceId", usually(quoted(fc.stringMatching(/^[0-9a-f]{32}$/))))),
    maybe(member("attributes", object(fc.oneof({ weight: 9, arbitrary: value }, deep)))),
    fc
      .array(fc.tuple(name, fc.oneof({ weight: 19, arbitrary: value }, deep, long)), {
        maxLength: 3,
      })
      .map((pairs) => pairs.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join()),
    // Now and then a member stands there twice, or one that is needed is missing.
    fc.constantFrom("", "", "", "", '"message":"again"', '"severity":"fatal"'),
  )
  .chain((members) => fc.tuple(fc.constant(members), fc.integer({ min: 0, max: 60 })))
  .map(([members, dropped]) => members.filter((text, index) => text !== "" && index !== dropped))
  .map((members) => `{${members.join(",")}}`);
