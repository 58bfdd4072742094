import fc from "fast-check";
import type { QueryableEntry } from "../entry.ts";
import type { Filter } from "../filter.ts";

/** Few enough that filters and entries meet often, odd enough to be awkward in a query. */
const texts = [
  "",
  "a",
  "A",
  "ab",
  "time out",
  "AND",
  "NOT",
  "-5",
  "5",
  "5.0",
  "5e0",
  "250",
  "true",
  'a"b',
  "a\\b",
  "\\",
  "a*b",
  "*",
  "/a/",
  "(a)",
  "é",
  "É",
  "\ud83d\ude00",
  "\ud800",
  "a:b",
  "[1 TO 2]",
  " ",
  "a\nb",
  "76561198000000001",
];
const names = [
  "x",
  "x.y",
  "a b",
  "AND",
  "service",
  "message",
  "level",
  "-x",
  "attributes.level",
  "5",
];
const anyText = fc.oneof(fc.constantFrom(...texts), fc.string({ unit: "grapheme", maxLength: 6 }));
const anyField = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...names) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 4 }) },
);
/** In the form that the parser gives to names. */
const canonical = anyField.filter((name) => !name.startsWith("attributes.") || name === names[8]);
const someField = canonical.filter((name) => name !== "timestamp" && name !== "severity");
const anyNumber = fc.oneof(
  fc.constantFrom(0, 5, -5, 250, 1e21, 2.5e-7, 76561198000000000),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
);
const patterns = [
  "a",
  "(?i)A",
  "^a.*b$",
  "\\d+",
  "a/b",
  "[/*]",
  "\\\\",
  "é|x",
  "(?:)",
  "\\bt",
  "^$",
];

const term: fc.Arbitrary<Filter> = fc.oneof(
  fc.constant<Filter>({ op: "all" }),
  anyText.filter((text) => text !== "").map((text): Filter => ({ op: "contains", text })),
  fc.record({ op: fc.constant("equals" as const), field: someField, value: anyText }),
  fc.record({ op: fc.constant("exists" as const), field: canonical }),
  fc
    .tuple(
      someField,
      anyText,
      fc.array(
        anyText.filter((text) => text !== ""),
        { maxLength: 2 },
      ),
      anyText,
    )
    .filter(([, first, middle, last]) => first + middle.join("") + last !== "")
    .map(([field, first, middle, last]): Filter => {
      return { op: "wildcard", field, parts: [first, ...middle, last] };
    }),
  fc.record({
    op: fc.constant("regex" as const),
    field: someField,
    pattern: fc.constantFrom(...patterns),
  }),
  fc
    .tuple(
      fc.oneof(
        fc.tuple(
          someField,
          anyNumber.filter((n) => !Object.is(n, -0)),
        ),
        fc.tuple(fc.constant("timestamp"), fc.oneof(fc.constantFrom(0, 5, 250), fc.maxSafeNat())),
      ),
      fc.constantFrom(">" as const, ">=" as const, "<" as const, "<=" as const),
    )
    .map(([[field, value], operator]): Filter => ({ op: "compare", field, operator, value })),
  fc
    .tuple(someField, fc.option(anyNumber), fc.option(anyNumber))
    .filter(([, from, to]) => from === null || to === null || from <= to)
    .map(([field, from, to]): Filter => ({ op: "range", field, from, to })),
);

/** Filters nested in any way, as a program may build them. */
export const anyFilter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    term,
    fc.record({ op: fc.constant("not" as const), filter: tie("filter") }),
    fc.record({
      op: fc.constantFrom("and" as const, "or" as const),
      filters: fc.array(tie("filter"), { maxLength: 3 }),
    }),
  ),
})).filter;

const maybeText = fc.option(anyText, { nil: undefined });

export const anyEntry: fc.Arbitrary<QueryableEntry> = fc
  .record({
    severity: fc.constantFrom("info", "warning", "error"),
    message: fc.array(anyText, { maxLength: 4 }).map((parts) => parts.join(" ")),
    timestamp: fc.oneof(fc.constantFrom(0, 5, 250), fc.integer({ min: 0 })),
    service: maybeText,
    level: maybeText,
    traceId: maybeText,
    spanId: maybeText,
    logId: maybeText,
    attributes: fc.dictionary(
      fc.constantFrom(...names),
      fc.oneof(anyText, anyNumber, fc.boolean()),
      { maxKeys: 4 },
    ),
  })
  .map(({ attributes, ...rest }) => ({
    ...rest,
    attributeNames: Object.keys(attributes),
    attributeValues: Object.values(attributes),
  }));

const pieces = fc.constantFrom(
  ...'( ) " \\ : * - / [ ] { } > < = | ! + AND OR NOT TO x severity: timestamp:'.split(" "),
  " ",
  "a b",
  "x:5",
  'x:"a b"',
  "x:[1 TO 5]",
  "/a+/",
  "x:a*",
  "-a",
  "NOT (",
  "x:(",
  "2026-11-22",
  "é",
  "\ud800",
);

/** Texts that look like queries and mostly are none. */
export const nearlyQuery: fc.Arbitrary<string> = fc
  .array(pieces, { maxLength: 24 })
  .map((parts) => parts.join(""));
