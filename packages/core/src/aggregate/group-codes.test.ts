import fc from "fast-check";
import { expect, it } from "vitest";
import { EntrySet } from "../evaluate/entry-set.ts";
import { groupCodesOf, noGroup } from "./group-codes.ts";

const entries = 300;

/** Labels with `count` values; the first of many values make more combinations than an array holds. */
const labels = (count: number) =>
  fc.array(fc.nat(count - 1), { minLength: entries, maxLength: entries }).map((codes) => ({
    values: Array.from({ length: count }, (_, value) => `v${value}`),
    codes: Uint32Array.from(codes),
  }));

it("puts two entries into one group when they have the same values in all fields, and only then", () => {
  const several = fc.tuple(labels(3), labels(900), labels(2), fc.uniqueArray(fc.nat(entries - 1)));
  fc.assert(
    fc.property(several, ([a, b, c, left]) => {
      const matching = EntrySet.range(entries, 0, entries).filter((index) => !left.includes(index));
      const { codes, examples } = groupCodesOf([a, b, c], matching);
      const keyOf = (index: number) => [a, b, c].map((one) => one.codes[index]).join();
      for (let index = 0; index < entries; index++) {
        const expected = matching.has(index) ? keyOf(index) : undefined;
        expect(codes[index] === noGroup ? undefined : keyOf(examples[codes[index]!]!)).toBe(
          expected,
        );
      }
      expect(new Set(examples.map(keyOf)).size).toBe(examples.length);
    }),
    { numRuns: 20 },
  );
});
