import fc from "fast-check";

/** What parsers of parameters, paths, cursors and headers trip over. */
const tricky = [
  ...["", " ", "0", "-0", "-1", "1", "1e3", "0x10", "１", "NaN", "Infinity", "null", "undefined"],
  ...["999", "1000", "1001", "2147483648", "9007199254740993", "99999999999999999999"],
  ...["__proto__", "constructor", "toString", "attributes.__proto__", "attributes.", "a..b", "."],
  ...["..", "../..", "%", "%zz", "%c0%af", "%00", "\0", "\ufeff", "\ud800", "\u2028", "字", "😀"],
  ...["-15m", "-0s", "-999999999w", "8640000000000001", "8640000000000000", "1970-01-01T00:00:00Z"],
  ...["2026-11-22T09:00:00Z", "2026-02-30T00:00:00Z", "+275760-09-13T00:00:00Z", "-1h..-0s", ".."],
  ...[
    "previous",
    "-1d",
    "*",
    "a:*",
    "NOT",
    "NOT NOT a",
    "(",
    ")",
    '"',
    "/(a+)+$/",
    "/[/",
    "/a{1000}/",
  ],
  ...["a:>1", "a:[1 TO", "a:[* TO *]", "-(-(-a))", "a OR", "severity:x", "timestamp:>now", "\\"],
  ...[
    "count",
    "p95(a)",
    "p95()",
    "p95(p95(a))",
    "sum(message)",
    "a,a",
    ",",
    "a,b,c,d,e",
    "1s",
    "1w",
  ],
  ...["content", "error,warning", "text/event-stream", "gzip", "zstd", "csv", "true", "distinct"],
];

const huge = fc
  .tuple(
    fc.constantFrom("a", "(", '"', "字", "a,", "a:b ", "-", "%", "/", "a OR ", "9"),
    fc.nat(13),
  )
  .map(([text, power]) => text.repeat(2 ** power));

export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...tricky) },
  {
    weight: 2,
    arbitrary: fc.array(fc.constantFrom(...tricky), { maxLength: 5 }).map((all) => all.join(" ")),
  },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 1, arbitrary: huge },
);

/** One change of a text: something put in, over, or left out. The place is a share of its length. */
export const anyChange: fc.Arbitrary<(text: string) => string> = fc
  .record({
    place: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.nat(8),
    added: fc.oneof({ weight: 1, arbitrary: fc.constant("") }, anyText),
  })
  .map(({ place, removed, added }) => (text) => {
    const at = Math.floor(place * text.length);
    return text.slice(0, at) + added + text.slice(at + removed);
  });

/** A value that is good, changed, or something else altogether. */
export const around = (...good: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...good) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom(...good), anyChange)
        .map(([text, change]) => change(text)),
    },
    { weight: 3, arbitrary: anyText },
  );
