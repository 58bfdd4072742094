import fc from "fast-check";
import { anyEntries } from "../../chunk/test/arbitraries.ts";
import { sampleEntries } from "../../chunk/test/sample.ts";
import type { AttributeValue, Entry } from "../../entry/entry.ts";

const ownNumber = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));

/** Kinds of values; those of a slot come from one or two of them, so that columns are stored in different ways. */
const kinds: readonly fc.Arbitrary<AttributeValue>[] = [
  fc.nat(300),
  ownNumber,
  fc.nat(300).map((n) => `p-${n}`),
  fc.nat(9).map((n) => `p9${n}`),
  fc.constantFrom("sha1", "sha256", "sha384", "sha999", "v1", "v12", "utf8"),
  fc.nat(300).map((n) => `${n}ms`),
  fc.nat(300).map((n) => `${n}Z`),
  digits(8),
  digits(16).map((hex) => `m-${hex}`),
  digits(16).map((hex) => `12${hex}`),
  fc.stringMatching(/^[0-9]{8}$/),
  fc.uuid(),
  fc.ipV4(),
  fc.ipV6(),
  fc.nat(260).map((n) => `10.0.0.${n}`),
  fc.nat(99).map((n) => `2026-11-${n}`),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom("1.2.3", "1.2", "v1.2-rc1", "2.36-9+deb12u4", "1:4.13+dfsg1-1"),
  fc.constantFrom("harbour", "dust", "mill", "ridge", "castle", "pier"),
  fc.constantFrom("<num>", "<*>", '"', "'", "\n", "\\", "…", "\ud800", "x.5", "5.x", ".", "-", ""),
  fc.string({ maxLength: 12 }),
];

/** Digits between a prefix and a suffix that are the same in a whole column: such columns are not masked by value. */
const anyAffixedKind: fc.Arbitrary<fc.Arbitrary<AttributeValue>> = fc
  .record({
    prefix: fc.constantFrom("", "-", "v", "sha", "i", "x", "tls", "p", "_-", "-0", "1.", "m-"),
    digits: fc.constantFrom(fc.nat(300).map(String), digits(8), digits(16)),
    suffix: fc.constantFrom("", "", "ms", "T", "kB", "Z", "d", "xx", "m1s", "-1", "_2"),
  })
  .map(({ prefix, digits: own, suffix }) => own.map((text) => `${prefix}${text}${suffix}`));

const anyKind = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...kinds) },
  { weight: 1, arbitrary: anyAffixedKind },
);

const anyText = fc.oneof(
  fc.constantFrom(
    " ",
    " took ",
    ": ",
    ", ",
    "=",
    "/",
    '"',
    "'",
    " at ",
    ".",
    "-",
    "T",
    ":",
    "::",
    "\n",
  ),
  fc.constantFrom(
    "player ",
    " joined ",
    "GET /v2/items/",
    "https://x.com/",
    "@example.com",
    "[",
    "] ",
  ),
);

interface Form {
  readonly texts: readonly string[];
  readonly slots: readonly fc.Arbitrary<AttributeValue>[];
}

const anyForm: fc.Arbitrary<Form> = fc.integer({ min: 0, max: 4 }).chain((count) =>
  fc.record({
    texts: fc.array(anyText, { minLength: count + 1, maxLength: count + 1 }),
    slots: fc.array(
      fc
        .tuple(anyKind, anyKind, fc.nat(3))
        .map(([one, other, mixed]) => (mixed === 0 ? fc.oneof(one, other) : one)),
      { minLength: count, maxLength: count },
    ),
  }),
);

/** A message of a form, and the values in it as attributes, so that slots can repeat them. */
const entryOf = ({ texts, slots }: Form, base: Entry): fc.Arbitrary<Entry> =>
  fc.tuple(...slots).map((values) => {
    const message = values.reduce<string>(
      (text, value, slot) => `${text}${value}${texts[slot + 1]}`,
      texts[0]!,
    );
    const names = values.map((_, slot) => `value_${slot}`);
    return {
      ...base,
      message: message === "" ? "empty" : message,
      attributeNames: names,
      attributeValues: values,
    };
  });

/** Entries whose messages have a few forms. */
const formedEntries: fc.Arbitrary<readonly Entry[]> = fc
  .tuple(
    fc.array(anyForm, { minLength: 1, maxLength: 4 }),
    fc.integer({ min: 1, max: 120 }),
    fc.nat(1000),
  )
  .chain(([forms, count, seed]) =>
    fc.tuple(
      ...sampleEntries(count, seed).map((base, index) =>
        entryOf(forms[(index * 7 + (index % 3)) % forms.length]!, base),
      ),
    ),
  );

/** Entries in the order of a chunk, with messages of all kinds. */
export const anyMessages: fc.Arbitrary<readonly Entry[]> = fc.oneof(
  { weight: 4, arbitrary: formedEntries },
  { weight: 1, arbitrary: anyEntries(60) },
);
