import { limits, type ParseContext, parseBatch, severities } from "@log-service/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { severitySchema } from "../answers.ts";
import { parseExactJson } from "./exact-json.ts";
import { entryProblems, entrySchemaAt, type PostedEntry } from "./schema.ts";
import { utf8Length } from "./utf8.ts";

const now = Date.UTC(2026, 10, 22, 9);
const oldest = now - 30 * 86_400_000;
const context: ParseContext = { now, oldest, requireTimestamp: false };
const schema = entrySchemaAt(now, oldest);

/** The same entry whatever the order of its attributes; text, since it keeps -0 apart from 0. */
const comparable = ({ attributeNames, attributeValues, ...fields }: PostedEntry) => ({
  ...fields,
  attributes: attributeNames.map((name, index) => [name, attributeValues[index]]).sort(),
});

const bytesOf = (text: string): Uint8Array =>
  Uint8Array.from(unescape(encodeURIComponent(text)), (character) => character.charCodeAt(0));

/** What the ingest path makes of one entry. */
const read = (text: string) => {
  const { entries, rejected } = parseBatch(bytesOf(text), "json", context);
  return { entries: entries.map(comparable), problems: rejected.flatMap((one) => one.problems) };
};

/** What the specification says of it. */
const expected = (text: string) => {
  const outcome = schema.safeParse(parseExactJson(text));
  return outcome.success
    ? { entries: [comparable(outcome.data)], problems: [] }
    : { entries: [], problems: entryProblems(outcome.error) };
};

// The ingest path cuts long paths, since names have a limit, but the names that break it do not.
const pairs = (problems: readonly { path: string; code: string }[]) =>
  problems.map(({ path, code }) => `${path.slice(0, 200)}: ${code}`).toSorted();

const digits = fc.stringMatching(/^-?[1-9]\d{0,25}(\.\d{1,25})?([eE][+-]?\d{1,3})?$/);

const numberText = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.integer().map(String),
  digits,
  fc.constantFrom(
    ..."0 -0 0.0 -0.0 1.0 1e3 1E+3 0e999 0.1 1e400 -1e400 1e-400 9007199254740991 9007199254740992".split(
      " ",
    ),
    ..."9007199254740993 -9007199254740993 76561198000000001 76561198000000000 0.30000000000000004".split(
      " ",
    ),
    ..."0.10000000000000001 0.1000000000000000055511151231257827 1.7976931348623157e308 5e-324".split(
      " ",
    ),
  ),
);

const anyString = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("\ud800", "x\udfff", "\u0000", "\u2028", "1e400", "76561198000000001"),
);

// As an escaping printer would write it, so that the text is always well-formed Unicode.
const stringText = anyString.map((text) => JSON.stringify(text));

const anyName = fc.oneof(
  fc.constantFrom("a", "b", "a.b", "", "__proto__", "constructor", "toString", "1", "logId"),
  fc.constantFrom("n".repeat(200), "n".repeat(201), "ü".repeat(199)),
  anyString,
);

const objectText = (values: fc.Arbitrary<string>, names = anyName, maxLength = 4) =>
  fc
    .array(fc.tuple(names, values), { maxLength })
    .map((members) => members.map(([name, value]) => `${JSON.stringify(name)}:${value}`))
    .map((members) => `{${members.join(",")}}`);

const longText = fc
  .tuple(fc.constantFrom("x", "ü", "€", "😀"), fc.constantFrom(...[1, 2, 3, 4, 8, 16]), fc.nat(2))
  .map(([unit, share, more]) => unit.repeat(65_536 / share + more - 1))
  .map((text) => JSON.stringify(text));

const { value: valueText } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "medium" },
    { weight: 4, arbitrary: fc.oneof(stringText, numberText, fc.constantFrom("true", "null")) },
    { weight: 2, arbitrary: objectText(tie("value")) },
    {
      weight: 2,
      arbitrary: fc.array(tie("value"), { maxLength: 3 }).map((items) => `[${items.join(",")}]`),
    },
  ),
}));

/** A chain of objects and arrays around a value: the depths at the limit are rare among random values. */
const deepText = fc
  .tuple(fc.array(fc.boolean(), { minLength: 4, maxLength: 9 }), valueText)
  .map(([levels, value]) =>
    levels.reduce((inner, isArray) => (isArray ? `[${inner}]` : `{"d":${inner}}`), value),
  );

const timestampText = fc.oneof(
  fc.integer({ min: oldest - 2, max: oldest + 2 }).map(String),
  fc.integer({ min: now + 599_998, max: now + 600_002 }).map(String),
  fc.integer({ min: oldest, max: now }).map((ms) => JSON.stringify(new Date(ms).toISOString())),
  fc
    .stringMatching(
      /^2026-(11|02)-(0[1-9]|[12]\d|3[0-2])[Tt ](09|2[34]):[0-6]\d(:[0-6]\d([.,]\d{1,5})?)?(Z|z|[+-]0[0-9]:?[03]0|-0[1-9]|)$/,
    )
    .map((text) => JSON.stringify(text)),
);

const or = (usual: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: valueText });

const nameText = fc.oneof(
  stringText,
  fc.constantFrom("s".repeat(200), "s".repeat(201)).map((text) => JSON.stringify(text)),
);

const member = (name: string, text: fc.Arbitrary<string>) =>
  text.map((value) => `"${name}":${value}`);

const entryText = fc
  .tuple(
    fc.option(member("timestamp", or(timestampText))),
    member("severity", or(fc.constantFrom('"info"', '"warning"', '"error"'))),
    member("message", or(fc.oneof(fc.constant('"hello"'), stringText))),
    fc.option(member("service", or(nameText))),
    fc.option(member("level", or(nameText))),
    fc.option(member("traceId", or(nameText))),
    fc.option(member("attributes", or(objectText(fc.oneof(valueText, deepText))))),
    fc
      .array(fc.tuple(anyName, fc.oneof(valueText, deepText)), { maxLength: 3 })
      .map((members) => members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join()),
  )
  .map((members) => `{${members.filter((one) => one).join(",")}}`);

const agrees = (text: string): void => {
  const actual = read(text);
  const wanted = expected(text);
  expect(actual.entries).toEqual(wanted.entries);
  expect(pairs(actual.problems)).toEqual(pairs(wanted.problems));
};

describe("the ingest path and the specification of entries", () => {
  it("agree on entries of any shape", () => {
    fc.assert(fc.property(entryText, agrees), { numRuns: 2000 });
  });

  it("agree on texts around their limits", () => {
    const text = fc
      .tuple(fc.constantFrom("message", "player_id", "service"), longText)
      .map(([name, long]) => `{"severity":"info","message":"m","${name}":${long}}`)
      .filter((entry) => utf8Length(entry) <= limits.entryBytes.value);
    fc.assert(fc.property(text, agrees), { numRuns: 200 });
  });

  it.each([127, 128, 129, 300])("agree on %d attributes", (count) => {
    const names = Array.from({ length: count }, (_, index) => `"n${index}":${index}`);
    agrees(`{"severity":"info","message":"m",${names.join(",")}}`);
    agrees(`{"severity":"info","message":"m","attributes":{${names.join(",")}}}`);
    agrees(`{"severity":"info","message":"m","n1":0,"attributes":{"o":{${names.join(",")}}}}`);
  });

  it.each([5, 6, 7, 8])("agree on %d levels", (levels) => {
    const objects = `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
    const arrays = `${"[".repeat(levels)}${"]".repeat(levels)}`;
    agrees(`{"severity":"info","message":"m","x":${objects},"y":${arrays}}`);
    agrees(`{"severity":"info","message":"m","attributes":{"x":${objects},"y":${arrays}}}`);
    agrees(`{"severity":"info","message":"m","attributes":${objects}}`);
  });

  it("know the same severities", () => {
    expect(severitySchema.options).toEqual(severities);
  });
});
