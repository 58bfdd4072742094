import fc from "fast-check";
import type { AttributeValue, Entry } from "../../entry/entry.ts";

/** Any UTF-16, lone surrogates and NUL included, and strings of the kinds that have encodings of their own. */
export const anyString: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom("", "a", "\0", "\ud800", "\udc00", "\udc00\ud800", "😀", "é", "0", "00", "007"),
  fc.integer({ min: 0, max: 30 }).map((id) => `p-${id}`),
  fc.integer({ min: 0 }).map((id) => `${id}`),
  fc.bigInt({ min: 10n ** 16n, max: 10n ** 19n }).map((id) => `${id}`),
  fc.uuid(),
  fc.stringMatching(/^[0-9a-f]{16}$/),
  fc.stringMatching(/^[0-9a-f]{32}$/),
  fc.stringMatching(/^[mt]-[0-9a-f]{12}$/),
);

const anyNumber: fc.Arbitrary<number> = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -100_000, max: 100_000 }).map((cents) => cents / 100),
  fc.constantFrom(0, -0, 5e-324, 1e308, -1e308, 2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2, -(2 ** 53), 0.1),
);

const names = ["service", "__proto__", "constructor", "http.status", "", "id", "a", "é", "\ud800"];

const anyName = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...names) }, anyString);

const attribute: fc.Arbitrary<[string, AttributeValue]> = fc.tuple(
  anyName,
  fc.oneof(anyString, anyNumber, fc.boolean()),
);

const attributes = fc.uniqueArray(attribute, { selector: ([name]) => name, maxLength: 12 });

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

/** A message of one of some templates, or any string. */
const message = fc.oneof(
  fc.tuple(fc.nat(300), anyString).map(([id, text]) => `player p-${id} said ${text}`),
  fc.tuple(fc.nat(), fc.nat(9)).map(([id, ms]) => `request ${id} took ${ms}.${ms} ms`),
  anyString,
);

const startTime = Date.UTC(2026, 10, 22, 9);

const entry = (range: number): fc.Arbitrary<Entry> =>
  fc
    .record({
      timestamp: fc.integer({ min: startTime, max: startTime + range }),
      severity: fc.constantFrom("info", "warning", "error"),
      message,
      service: optional(fc.oneof(fc.constantFrom("gateway", "chat"), anyString)),
      level: optional(fc.constantFrom("debug", "FATAL", "")),
      traceId: optional(fc.stringMatching(/^[0-9a-f]{32}$/)),
      spanId: optional(anyString),
      attributes,
    })
    .map(({ attributes: pairs, ...fields }) => ({
      ...fields,
      attributeNames: pairs.map(([name]) => name),
      attributeValues: pairs.map(([, value]) => value),
    }));

const sort = (entries: Entry[]): Entry[] => entries.sort((a, b) => a.timestamp - b.timestamp);

/** Entries of one chunk, sorted by time. */
export const anyEntries = (maxLength: number): fc.Arbitrary<Entry[]> =>
  fc
    .constantFrom(0, 1000, 60_000, 2 ** 47)
    .chain((range) => fc.array(entry(range), { minLength: 1, maxLength, size: "max" }))
    .map(sort);

/** The attributes of an entry by name: their order does not count. */
const normalized = (one: Entry): object => ({
  ...one,
  attributeNames: undefined,
  attributeValues: undefined,
  attributes: one.attributeNames
    .map((name, index): [string, unknown] => [name, one.attributeValues[index]])
    .sort(([a], [b]) => (a < b ? -1 : 1)),
});

/** Entries in a form in which equal ones are deeply equal. */
export const normalize = (entries: readonly Entry[]): object[] => entries.map(normalized);
