import fc from "fast-check";
import { expect, it } from "vitest";
import { anyString } from "../test/arbitraries.ts";
import { throughStreams } from "../test/streams.ts";
import { encodeStrings, openStrings } from "./strings.ts";

const roundTrip = (values: readonly string[]) => {
  const { result, bytes, unread } = throughStreams(
    (writer) => encodeStrings(values, writer, "strings"),
    (source) => openStrings(source, values.length, "strings")(),
  );
  return { kind: result.kind, values: values.map((_, index) => result.at(index)), bytes, unread };
};

it("gives strings of any content back", () => {
  fc.assert(
    fc.property(fc.array(anyString, { minLength: 1, maxLength: 100 }), (values) => {
      expect(roundTrip(values)).toMatchObject({ values, unread: 0 });
    }),
    { numRuns: 500 },
  );
});

it("gives strings of one kind back", () => {
  const kinds = fc.oneof(
    fc.constantFrom(8, 12, 16, 32, 128, 130).map((length) => new RegExp(`^[0-9a-f]{${length}}$`)),
    fc.constantFrom(
      /^p-[0-9]{1,9}$/,
      /^[0-9]{17}$/,
      /^x[0-9]{14,31}y$/,
      /^[0-9]{3}$/,
      /^a1b[0-9]*$/,
    ),
  );
  const columns = kinds.chain((kind) => fc.array(fc.stringMatching(kind), { minLength: 1 }));
  fc.assert(
    fc.property(columns, (values) => {
      expect(roundTrip(values)).toMatchObject({ values, unread: 0 });
    }),
    { numRuns: 120 },
  );
});

const many = (make: (index: number) => string): string[] =>
  Array.from({ length: 300 }, (_, index) => make(index * 7919 + 1000));

const hex = (index: number, digits: number): string =>
  index.toString(16).padStart(digits, "0123456789abcdef");

it.each([
  ["constant", 15, many(() => "gateway")],
  ["dictionary", 130, many((index) => ["gateway", "chat", "crash"][index % 3]!)],
  ["hex", 4810, many((index) => hex(index, 32))],
  [
    "uuid",
    4810,
    many((index) => hex(index, 32).replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")),
  ],
  ["hex", 4820, many((index) => `m-${hex(index, 32)}`)],
  ["affixed", 850, many((index) => `p-${index}`)],
  ["affixed", 850, many((index) => `user-${index}@example.com`)],
  ["affixed", 850, many((index) => `${76561190000000000n + BigInt(index)}`)],
  ["text", 20_000, many((index) => `some ${index} words ${index * 3} that differ`)],
] as const)("stores strings of a kind as %s, in %i bytes at most", (kind, bytesMax, values) => {
  const written = roundTrip(values);
  expect(written).toMatchObject({ kind, values, unread: 0 });
  expect(written.bytes).toBeLessThan(bytesMax);
});

it.each([
  ["a hex digit in upper case", ["0123456789abcdef", "0123456789ABCDEF"]],
  ["another length", ["0123456789abcdef", "0123456789abcde"]],
  ["a leading zero", ["p-1", "p-01", "p-2"]],
  ["a sign", ["1", "-1"]],
  ["an empty string", ["", "p-1"]],
  ["digits of another script", ["1", "٣"]],
  ["a prefix that overlaps the suffix", ["aa1aa", "aaa", "aa2aa"]],
  ["a surrogate at an end, its half at the next start", ["\ud83d", "\ude00", "x"]],
])("gives strings back that are not quite of a kind: %s", (_, values) => {
  expect(roundTrip(values).values).toEqual(values);
});
