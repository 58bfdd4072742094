import fc from "fast-check";
import { expect, it } from "vitest";
import { throughStreams } from "../test/streams.ts";
import { areIntegers, encodeIntegers, openIntegers } from "./integers.ts";

const roundTrip = (values: readonly number[]) =>
  throughStreams(
    (writer) => encodeIntegers(Float64Array.from(values), values.length, writer),
    (source) => [...openIntegers(source, values.length)()],
  );

const nearby = (max: number) =>
  fc.record({
    base: fc.maxSafeInteger(),
    spread: fc.array(fc.integer({ min: 0, max }), { minLength: 1 }),
  });

it("gives integers back", () => {
  const small = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 100 });
  const large = fc.array(fc.maxSafeNat(), { minLength: 1, maxLength: 40 });
  const close = nearby(300).map(({ base, spread }) =>
    spread.map((offset) => (base > 0 ? base - offset : base + offset)),
  );
  fc.assert(
    fc.property(fc.oneof(small, large, close), (values) => {
      const { result, unread } = roundTrip(values);
      expect(result).toEqual(values);
      expect(unread).toBe(0);
    }),
    { numRuns: 500 },
  );
});

it("stores equal numbers in no bits", () => {
  expect(roundTrip(new Array(1000).fill(41)).bytes).toBeLessThan(5);
});

it("stores a sequence in no bits", () => {
  const values = Array.from({ length: 1000 }, (_, index) => 5_000_000 + index);
  expect(roundTrip(values)).toMatchObject({ result: values, unread: 0 });
  expect(roundTrip(values).bytes).toBeLessThan(10);
});

it("pays for an outlier once", () => {
  const values = Array.from({ length: 1000 }, (_, index) => (index * 7919) % 16);
  values[500] = 1_000_000_000;
  expect(roundTrip(values).result).toEqual(values);
  expect(roundTrip(values).bytes).toBeLessThan(520);
});

it("refuses what would not come back", () => {
  const refused = [[-0], [0.5], [2 ** 53], [-(2 ** 53)], [-(2 ** 52) - 1, 2 ** 52 + 1], [1e300]];
  for (const values of refused) {
    expect(areIntegers(Float64Array.from(values), values.length)).toBe(false);
  }
  expect(areIntegers(Float64Array.of(0, 2 ** 53 - 1), 2)).toBe(true);
});
