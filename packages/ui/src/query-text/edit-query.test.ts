import { compile, parse, placeOf, type QueryableEntry } from "@log-service/query";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  attributeField,
  hasTerm,
  lastTermRemoved,
  printTerm,
  type Term,
  withoutTerm,
  withTerm,
} from "./edit-query.ts";

const term: Term = { field: "x", value: 1 };

describe("a term that is added", () => {
  it.each([
    ["", "x:1"],
    [" * ", "x:1"],
    ["timeout", "timeout x:1"],
    ["a OR b", "(a OR b) x:1"],
    ["(a OR b)", "(a OR b) x:1"],
    ["* OR b", "x:1"],
    ["a\\", "a\\\\ x:1"],
    ["a\\ ", "a\\  x:1"],
    ["x:1 OR y:2", "(x:1 OR y:2) x:1"],
    ['"open', 'x:1 "open'],
    ["  a   AND  b ", "a   AND  b x:1"],
  ])("to %s makes %s", (q, expected) => {
    expect(withTerm(q, term)).toBe(expected);
  });

  it.each([
    ["-x:1", "x:1"],
    ["a NOT x:1 b", "a x:1 b"],
    ["(a)-x:1(b) -x:1", "(a) x:1 (b)"],
    ["a -x:1 x:1", "a x:1"],
  ])("stands where its opposite stood in %s", (q, expected) => {
    expect(withTerm(q, term)).toBe(expected);
  });

  it.each(["x:1", "a AND x:1", '  "x":"1" b', "x:[1 TO 5] (x:1)"])("is there in %s", (q) => {
    expect(withTerm(q, term)).toBe(q);
    expect(hasTerm(q, term)).toBe(true);
  });

  it.each(["a", "x:1 OR b", "-x:1", "x:10", '"x:1', "-(x:1 b)", "y:(1 OR x)"])(
    "is not there in %s",
    (q) => {
      expect(hasTerm(q, term)).toBe(false);
      expect(withoutTerm(q, term)).toBe(q);
    },
  );
});

it.each([
  ["x:1", ""],
  ["a AND x:1", "a"],
  ["x:1 AND a", "a"],
  ["a x:1 AND b", "a AND b"],
  ["a\\  x:1", "a\\ "],
  ['a(x:1)"b"', 'a "b"'],
])("takes the term out of %s", (q, expected) => {
  expect(withoutTerm(q, term)).toBe(expected);
});

it.each([
  ["", ""],
  ["a", ""],
  ["a b", "a"],
  ["a AND x:[1 TO 5]", "a"],
  ["a -service:(chat OR x)", "a"],
  ["a OR b", ""],
  ['a "b', ""],
])("leaves of %s without its last term %s", (q, expected) => {
  expect(lastTermRemoved(q)).toBe(expected);
});

it.each([
  ["player_id", "player_id"],
  ["service", "attributes.service"],
  ["attributes.x", "attributes.attributes.x"],
  ["attributes.", "attributes."],
])("names the attribute %s %s", (name, field) => {
  expect(attributeField(name)).toBe(field);
});

const texts = ["", "1", "a", "a b", 'a"b', "a\\", "*", "true", "AND", "-5", "é", "a:b", "/a/"];
const names = ["x", "a b", "service", "attributes.level", "AND", "-x", 'q"', "*"];
const anyValue = fc.oneof(
  fc.constantFrom(...texts),
  fc.string({ maxLength: 4 }),
  fc.constantFrom(0, -0, 1, -5, 2 ** 60, 1e21, 2.5e-7, true, false),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const anyTerm = fc.record({
  field: fc.constantFrom(...names.map(attributeField)),
  value: anyValue,
  isExcluded: fc.boolean(),
});
const anyEntry: fc.Arbitrary<QueryableEntry> = fc
  .record({
    message: fc.constantFrom("a", "b a\\", "timeout", "1"),
    service: fc.option(fc.constantFrom("a", "1"), { nil: undefined }),
    attributes: fc.dictionary(fc.constantFrom(...names), anyValue),
  })
  .map(({ attributes, ...known }) => ({
    severity: "info",
    ...known,
    attributeNames: Object.keys(attributes),
    attributeValues: Object.values(attributes),
  }));
const pieces = 'a|b|-|NOT |(|)| |AND|OR| OR | AND |x:1|x:*|x:(1 OR a)|x:[1 TO 5]|"a b"|\\|/a+/|*|"';
const anyQuery = fc
  .oneof(
    fc
      .array(fc.constantFrom(...pieces.split("|")), { maxLength: 8 })
      .map((parts) => parts.join("")),
    fc
      .array(fc.tuple(anyTerm, fc.constantFrom(" ", " AND ", " OR ", "  ")), { maxLength: 4 })
      .map((parts) =>
        parts
          .map(([one, joint]) => printTerm(one) + joint)
          .join("")
          .slice(0, -1),
      ),
  )
  .filter((q) => parse(q).problems.length === 0);

const compiled = (q: string) => {
  const { filter, problems } = parse(q);
  expect(problems, q).toEqual([]);
  return compile(filter);
};

/** What a term means, without the parser. */
const meets = ({ field, value, isExcluded }: Term, entry: QueryableEntry): boolean => {
  const index = entry.attributeNames.findIndex((name) => attributeField(name) === field);
  const found = entry.attributeValues[index];
  const isEqual = found === value || (found !== undefined && `${found}` === `${value}`);
  return isEqual !== isExcluded;
};

/** The entry with the value that a term names. */
const withValue = (entry: QueryableEntry, { field, value }: Term): QueryableEntry => {
  const pairs = entry.attributeNames.map((name, i) => [name, entry.attributeValues[i]] as const);
  const values = new Map([...pairs, [placeOf(field).name, value] as const]);
  const attributeValues = [...values.values()].filter((one) => one !== undefined);
  return { ...entry, attributeNames: [...values.keys()], attributeValues };
};

/** A text that is a number finds numbers too, which `meets` does not know. */
const isPlain = ({ value }: Term): boolean => typeof value !== "string" || !/\d/.test(value);

it("finds exactly what was found before and has the value, and takes it back", () => {
  fc.assert(
    fc.property(anyQuery, anyTerm.filter(isPlain), anyEntry, (q, one, other) => {
      const entry = withValue(other, one);
      const base = withoutTerm(q, { ...one, isExcluded: !one.isExcluded });
      const next = withTerm(q, one);
      for (const seen of [entry, other])
        expect(compiled(next)(seen), next).toBe(compiled(base)(seen) && meets(one, seen));
      expect(hasTerm(next, one)).toBe(true);
      expect(withTerm(next, one)).toBe(next);
      expect(hasTerm(withoutTerm(next, one), one)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

it("takes any text", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), anyTerm, (q, one) => {
      expect(withTerm(q, one)).toContain(printTerm(one));
      expect(q).toContain(lastTermRemoved(q).slice(0, 1));
    }),
  );
});
