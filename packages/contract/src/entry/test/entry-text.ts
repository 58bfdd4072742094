/** JSON texts of entries for property tests: mostly right, with everything in them that may be wrong. */

import fc from "fast-check";
import { now, oldest } from "./agrees.ts";

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

export const longText = fc
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

/** Objects that pass for something else: a schema may take them for texts or lists by their members. */
const disguisedText = objectText(
  fc.oneof(valueText, fc.constantFrom("[1e-400]", "1e400", "[[[1e400]]]")),
  fc.constantFrom("length", "size", "toString", "valueOf", "toJSON", "rawJSON", "then"),
  2,
);

const or = (usual: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 12, arbitrary: usual },
    { weight: 1, arbitrary: valueText },
    { weight: 1, arbitrary: disguisedText },
  );

/** Both refuse a timestamp that no double holds; as which of two errors is left to how it was read. */
const isTime = (text: string): boolean => Math.abs(Number(text)) !== Number.POSITIVE_INFINITY;

const nameText = fc.oneof(
  stringText,
  fc.constantFrom("s".repeat(200), "s".repeat(201)).map((text) => JSON.stringify(text)),
);

const member = (name: string, text: fc.Arbitrary<string>) =>
  text.map((value) => `"${name}":${value}`);

export const entryText = fc
  .tuple(
    fc.option(member("timestamp", or(timestampText).filter(isTime))),
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
