import fc from "fast-check";
import { fieldNames, now, oldest } from "./specification.ts";

const anyString = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    "",
    "x".repeat(200),
    "x".repeat(201),
    "76561198000000001",
    '"',
    "\\",
    "é€😀",
    "\ud800",
    ", 12345678901234567, ",
  ),
);
const anyNumberText = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom(
    "0",
    "-0",
    "0.0",
    "1.0",
    "1e3",
    "1E5",
    "-1",
    "100",
    "9007199254740992",
    "9007199254740993",
  ),
  fc.constantFrom(
    "76561198000000001",
    "76561198000000000",
    "-76561198000000001",
    "1e400",
    "-1e400",
    "5e-400",
  ),
  fc.constantFrom(
    "3.14159265358979323846",
    "1.00000000000000000001",
    "41.299999999999997",
    "1e22",
    "2e-324",
  ),
);
const anyTimeText = fc.oneof(
  fc.integer({ min: oldest - 5, max: now + 600_005 }).map(String),
  fc.constantFrom(
    String(oldest),
    String(oldest - 1),
    String(now + 600_000),
    String(now + 600_001),
    "1795338000",
    "-1",
    "-0",
  ),
  fc.constantFrom(
    '"2026-11-22T09:00:00Z"',
    '"2026-11-22T08:59:59.123Z"',
    '"2026-11-22"',
    '"2026-02-01T00:00:00Z"',
  ),
  fc.constantFrom(
    "1795338000000.5",
    "1795338000000.0",
    "1795338000000000001",
    "1795338000000.00000000001",
    "null",
  ),
);
const anyName = fc.oneof(
  fc.string({ maxLength: 4 }),
  fc.constantFrom(
    "a",
    "b",
    "a.b",
    "a.b.c",
    "",
    "1",
    "0",
    "logId",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "toString",
  ),
  fc.constantFrom("x".repeat(199), "x".repeat(200), "x".repeat(201), "attributes"),
  fc.constantFrom(...fieldNames),
);
export const anySpace = fc.constantFrom("", "", "", " ", "\t");

export const join = (
  parts: readonly string[],
  open: string,
  close: string,
  space: string,
): string => `${open}${space}${parts.join(`${space},${space}`)}${space}${close}`;

const memberOf = (anyValue: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(anyName, anyValue, anySpace)
    .map(([name, value, space]) => `${JSON.stringify(name)}${space}:${space}${value}`);

const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    anyString.map((text) => JSON.stringify(text)),
    anyNumberText,
    fc.constantFrom("true", "false", "null", "{}", "[]"),
    fc
      .tuple(fc.array(tie("value"), { maxLength: 3 }), anySpace)
      .map(([parts, space]) => join(parts, "[", "]", space)),
    fc
      .tuple(fc.array(memberOf(tie("value")), { maxLength: 4 }), anySpace)
      .map(([parts, space]) => join(parts, "{", "}", space)),
    fc
      .tuple(fc.constantFrom("[", '{"a":', '{"":'), fc.integer({ min: 1, max: 8 }), tie("value"))
      .map(
        ([open, depth, inner]) =>
          open.repeat(depth) + inner + (open === "[" ? "]" : "}").repeat(depth),
      ),
  ),
}));

/** Any JSON, numbers of every kind among it. */
export const anyValueText = value;

const often = (good: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 30, arbitrary: good }, { weight: 1, arbitrary: anyValueText });

/** An entry that is usually right, with anything in it that JSON can hold. */
export const anyEntryText = fc
  .tuple(
    fc.record(
      {
        timestamp: often(anyTimeText),
        severity: often(fc.constantFrom('"info"', '"warning"', '"error"')),
        message: often(anyString.filter((text) => text !== "").map((text) => JSON.stringify(text))),
        service: often(fc.constantFrom('"x"', "null", '""')),
        level: often(fc.constantFrom('"DEBUG"', "null")),
        attributes: often(
          fc
            .array(memberOf(anyValueText), { maxLength: 4 })
            .map((parts) => join(parts, "{", "}", "")),
        ),
      },
      { requiredKeys: ["severity", "message"] },
    ),
    fc.array(memberOf(anyValueText), { maxLength: 5 }),
    anySpace,
    fc.nat(),
  )
  .map(([fields, members, space, turn]) => {
    const all = [
      ...Object.entries(fields).map(([name, value]) => `"${name}":${space}${value}`),
      ...members,
    ];
    const start = turn % all.length;
    return join([...all.slice(start), ...all.slice(0, start)], "{", "}", space);
  });
