import { builtInFields, type Filter } from "@log-service/query";
import fc from "fast-check";
import { anyFilter } from "../../../../query/src/test/arbitraries.ts";
import { anyEntries } from "../../chunk/test/arbitraries.ts";
import { sampleEntries } from "../../chunk/test/sample.ts";
import type { AttributeValue, Entry } from "../../entry/entry.ts";

const said = [
  "",
  "gg",
  "é p-81",
  "lost\ud800",
  "m-7 took 41 ms",
  "GG 😀",
  "reset by peer",
  "p-81p-81",
];

/** Entries as a game sends them; what players say, and numbers in front of it, lie in slots of templates. */
const gameEntries: fc.Arbitrary<readonly Entry[]> = fc
  .tuple(fc.integer({ min: 1, max: 260 }), fc.nat(1000), fc.nat(1000))
  .map(([count, seed, chat]) =>
    sampleEntries(count, seed).map((entry, index) => {
      const text = said[(index * 7 + chat) % said.length]!;
      const number = (index * 31 + chat) % 97;
      if (index % 4 === 0) return { ...entry, message: `[all] p-${number} says ${text}` };
      if (index % 9 === 0) return { ...entry, message: `took ${number}${text} ms`, level: text };
      return entry;
    }),
  );

const entriesOf = fc.oneof(gameEntries, anyEntries(120));

const valueIn = (entry: Entry, field: string): AttributeValue | undefined => {
  const { attributeNames, attributeValues } = entry;
  const named = new Map(attributeNames.map((name, index) => [name, attributeValues[index]]));
  const bare = field.startsWith("attributes.") ? field.slice("attributes.".length) : field;
  // A field that is not a built-in one is looked for among the attributes.
  return field in entry
    ? (entry as unknown as Record<string, AttributeValue>)[field]
    : named.get(bare);
};

/** What makes a filter of a value. */
interface Draft {
  readonly message: string;
  readonly field: string;
  readonly value: AttributeValue;
  /** Some of the text of a value. */
  readonly part: (text: string) => string;
  readonly from: number;
  readonly shift: number;
  readonly operator: ">" | ">=" | "<" | "<=";
}

const numberNear = ({ value, shift }: Draft): number =>
  typeof value === "number" ? value + shift : shift * 41;

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

const kinds: readonly ((draft: Draft) => Filter)[] = [
  ({ message, part }) => ({ op: "contains", text: part(message) }),
  ({ message, part }) => ({ op: "contains", text: part(message).toUpperCase() }),
  ({ message, part }) => ({ op: "contains", text: part(message).repeat(2) }),
  ({ value, part }) => ({ op: "contains", text: part(`${value}`) }),
  ({ field, value }) => ({ op: "equals", field, value: `${value}` }),
  ({ field, value }) => ({ op: "equals", field, value: `${value}0` }),
  ({ field, value }) => ({ op: "equals", field, value: `${value}`.slice(1) }),
  ({ field, value, part, from }) => ({
    op: "wildcard",
    field,
    parts: [`${value}`.slice(0, from), part(`${value}`), ""],
  }),
  ({ field, value, part }) => ({ op: "regex", field, pattern: literally(part(`${value}`)) }),
  ({ message, part }) => ({
    op: "regex",
    field: "message",
    pattern: `(?i)${literally(part(message))}`,
  }),
  ({ field }) => ({ op: "regex", field, pattern: "\\d[a-f]|^$" }),
  (draft) => ({
    op: "compare",
    field: draft.field,
    operator: draft.operator,
    value: numberNear(draft),
  }),
  (draft) => ({ op: "range", field: draft.field, from: numberNear(draft), to: null }),
  (draft) => ({ op: "range", field: draft.field, from: null, to: numberNear(draft) }),
  (draft) => ({
    op: "range",
    field: draft.field,
    from: numberNear(draft),
    to: numberNear(draft) + draft.from,
  }),
  ({ field }) => ({ op: "exists", field }),
];

/** A filter that has to do with one of the entries, so that it often finds some. */
const filterOn = (entries: readonly Entry[]): fc.Arbitrary<Filter> =>
  fc
    .record({
      entry: fc.constantFrom(...entries),
      fieldAt: fc.nat(),
      from: fc.nat(40),
      length: fc.integer({ min: 1, max: 12 }),
      shift: fc.integer({ min: -1, max: 1 }),
      kind: fc.constantFrom(...kinds),
      operator: fc.constantFrom(">" as const, ">=" as const, "<" as const, "<=" as const),
    })
    .map(({ entry, fieldAt, from, length, shift, kind, operator }): Filter => {
      const names = entry.attributeNames.map((name) => `attributes.${name}`);
      const fields = [...builtInFields, ...names];
      const field = fields[fieldAt % fields.length]!;
      const value = valueIn(entry, field) ?? "";
      const part = (text: string) => text.slice(from % (text.length + 1)).slice(0, length);
      return kind({ message: entry.message, field, value, part, from, shift, operator });
    });

const filterFor = (entries: readonly Entry[]): fc.Arbitrary<Filter> =>
  fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      { weight: 4, arbitrary: filterOn(entries) },
      { weight: 1, arbitrary: anyFilter },
      {
        weight: 1,
        arbitrary: fc.record({ op: fc.constant("not" as const), filter: tie("filter") }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          op: fc.constantFrom("and" as const, "or" as const),
          filters: fc.array(tie("filter"), { minLength: 1, maxLength: 3 }),
        }),
      },
    ),
  })).filter;

export interface Question {
  readonly entries: readonly Entry[];
  readonly filters: readonly Filter[];
}

/** Entries of one chunk, and filters to ask of it. */
export const anyQuestion: fc.Arbitrary<Question> = entriesOf.chain((entries) =>
  fc.record({
    entries: fc.constant(entries),
    filters: fc.array(filterFor(entries), { minLength: 1, maxLength: 8 }),
  }),
);
