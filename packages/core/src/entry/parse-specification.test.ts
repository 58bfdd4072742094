import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLogServiceError } from "../errors.ts";
import { type BatchFormat, parseBatch } from "./parse-batch.ts";
import { anyEntryText, anySpace, anyValueText, join } from "./test/any-entry-text.ts";
import { now, oldest, specify, type Verdict } from "./test/specification.ts";

const context = { now, oldest, requireTimestamp: false };

/** What the fast path makes of it, in the words of the specification. */
const observe = (text: string): Verdict => {
  const { entries, rejected } = parseBatch(new TextEncoder().encode(text), "ndjson", context);
  const [entry] = entries;
  if (entry === undefined) {
    const problems = rejected.flatMap((one) => one.problems);
    return { problems: problems.map(({ path, code }) => `${path} ${code}`).toSorted() };
  }
  const { attributeNames, attributeValues, ...fields } = entry;
  expect(new Set(attributeNames).size).toBe(attributeNames.length);
  expect(attributeValues.length).toBe(attributeNames.length);
  const attributes = new Map(attributeNames.map((name, index) => [name, attributeValues[index]]));
  return { problems: [], fields, attributes };
};

describe("parseBatch and the specification", () => {
  it("agree on entries with anything in them", () => {
    fc.assert(
      fc.property(anyEntryText, (text) => {
        expect(observe(text)).toEqual(specify(text));
      }),
      { numRuns: 3000 },
    );
  });

  it("agree on any JSON", () => {
    fc.assert(
      fc.property(anyValueText, (text) => {
        expect(observe(text)).toEqual(specify(text));
      }),
    );
  });

  it("agree on what is an entry of an array, and on an object that stands alone", () => {
    fc.assert(
      fc.property(
        fc.array(anyEntryText, { minLength: 1, maxLength: 4 }),
        anySpace,
        (texts, space) => {
          const bytes = new TextEncoder().encode(join(texts, "[", "]", space));
          const lines = new TextEncoder().encode(texts.join("\n"));
          const batch = parseBatch(bytes, "json", context);
          expect(batch).toEqual(parseBatch(lines, "ndjson", context));
          const [first = ""] = texts;
          const single = parseBatch(new TextEncoder().encode(first), "json", context);
          expect(single.isSingle).toBe(true);
          expect(single.entries).toEqual(batch.entries.slice(0, single.entries.length));
        },
      ),
    );
  });
});

describe("parseBatch", () => {
  const outcomeOf = (body: Uint8Array, format: BatchFormat): string => {
    try {
      const { entries, rejectedCount } = parseBatch(body, format, context);
      return entries.length + rejectedCount > 0 ? "counted" : "nothing";
    } catch (error) {
      return isLogServiceError(error) ? "refused" : String(error);
    }
  };
  const anyFormat = fc.constantFrom<BatchFormat>("json", "ndjson", "text");

  it("counts or refuses whatever bytes it gets, and never fails", () => {
    const anyBytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .array(fc.constantFrom(...'{}[]",:\n\r\\ 0e.-'.split("")), { maxLength: 60 })
        .map((parts) => new TextEncoder().encode(parts.join(""))),
      fc.tuple(anyEntryText, fc.nat(), fc.nat(255)).map(([text, at, byte]) => {
        const bytes = new TextEncoder().encode(text);
        bytes[at % bytes.length] = byte;
        return bytes;
      }),
      fc
        .tuple(anyEntryText, fc.nat())
        .map(([text, at]) => new TextEncoder().encode(text).slice(0, at % text.length)),
    );
    fc.assert(
      fc.property(anyBytes, anyFormat, (bytes, format) => {
        expect(["counted", "refused"]).toContain(outcomeOf(bytes, format));
      }),
      { numRuns: 3000 },
    );
  });
});
