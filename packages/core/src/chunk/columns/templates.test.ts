import fc from "fast-check";
import { expect, it } from "vitest";
import type { Entry } from "../../entry/entry.ts";
import { encodeChunk, openChunk, type TemplatesView } from "../index.ts";
import { anyString } from "../test/arbitraries.ts";
import { chunkIdFor, sampleEntries } from "../test/sample.ts";

const open = (entries: readonly Entry[]) =>
  openChunk(encodeChunk(entries, { id: chunkIdFor(entries) }).bytes).messages();

/** Entries with these messages, each with the same attributes. */
const entriesOf = (
  messages: readonly string[],
  attributes: (index: number) => Record<string, string | number> = () => ({}),
): Entry[] => {
  const [base] = sampleEntries(1) as [Entry];
  return messages.map((message, index) => ({
    ...base,
    message,
    attributeNames: Object.keys(attributes(index)),
    attributeValues: Object.values(attributes(index)),
  }));
};

const many = (make: (index: number) => string): string[] =>
  Array.from({ length: 200 }, (_, index) => make(index));

const templatesOf = (entries: readonly Entry[]) => {
  const view = open(entries);
  expect(view.kind).toBe("templates");
  expect(entries.map((_, index) => view.at(index))).toEqual(entries.map((one) => one.message));
  // The line above has seen to it.
  return (view as TemplatesView).templates.map(({ literals, slots }) => ({
    literals,
    slots: slots.map((slot) => slot.kind),
  }));
};

it("finds what messages share, and where they differ", () => {
  const entries = entriesOf(many((index) => `request ${index} of 7 took ${index * 3}.5 ms`));
  expect(templatesOf(entries)).toEqual([
    { literals: ["request ", " of 7 took ", " ms"], slots: ["affixed", "text"] },
  ]);
});

it("stores a slot that repeats an attribute, or a built-in field, as a reference to it", () => {
  const messages = many((index) => `p-${index} got ${index / 10} points in ${index + 5} s`);
  const attributes = (index: number) => ({
    player: `p-${index}`,
    points: index / 10,
    seconds: index,
  });
  expect(templatesOf(entriesOf(messages, attributes))).toEqual([
    { literals: ["", " got ", " points in ", " s"], slots: ["reference", "reference", "affixed"] },
  ]);
});

it("refers to no attribute that differs in a single entry", () => {
  const messages = many((index) => `took ${index === 150 ? 7 : index} ms`);
  const [template] = templatesOf(entriesOf(messages, (index) => ({ ms: index })));
  expect(template?.slots).toEqual(["affixed"]);
});

it("refers to no attribute that one of the entries lacks", () => {
  const messages = many((index) => `took ${index} ms`);
  const attributes = (index: number) => (index === 199 ? { ms: `${index}` } : { ms: index });
  const [template] = templatesOf(entriesOf(messages, attributes));
  expect(template?.slots).toEqual(["affixed"]);
});

it("keeps a number in a message as it is written there", () => {
  const messages = many((index) => `took ${index}.0 ms`);
  const [template] = templatesOf(entriesOf(messages, (index) => ({ ms: index })));
  expect(template?.slots).toEqual(["text"]);
});

it("keeps messages as text when most of them are unlike any other", () => {
  const words = many((index) =>
    String.fromCharCode(97 + (index % 26), 97 + Math.floor(index / 26)),
  );
  const view = open(entriesOf(words.map((word) => `hello ${word}, how are you?`)));
  expect(view.kind).toBe("text");
});

it("gives back messages of templates mixed with any others", () => {
  const message = fc.oneof(
    fc.nat(50).map((id) => `größe ${id} é${id} – ${id}.${id} 😀 x${id}y`),
    fc.tuple(fc.nat(3), anyString).map(([id, text]) => `player p-${id} said ${text} ${id}`),
    fc.constantFrom("", "a", "1", "1.", ".1", "a.1.b", "1..2", "-", "v1.2.3-rc"),
    anyString,
  );
  const column = fc.array(message, { minLength: 100, maxLength: 150 });
  fc.assert(
    fc.property(column, (messages) => {
      const view = open(entriesOf(messages, (index) => ({ id: index % 4 })));
      expect(messages.map((_, index) => view.at(index))).toEqual(messages);
    }),
    { numRuns: 150 },
  );
});
