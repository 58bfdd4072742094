import fc from "fast-check";
import { expect, it } from "vitest";
import { Sketch } from "./sketch.ts";

const numbers = fc.array(
  fc.oneof(
    fc.integer({ min: -1000, max: 1000 }),
    fc.double({ min: 1e-6, max: 1e12, noNaN: true }),
    fc.constant(0),
  ),
  { minLength: 1, maxLength: 60 },
);

const fill = (values: readonly number[]): Sketch => {
  const sketch = new Sketch();
  for (const value of values) sketch.add(value);
  return sketch;
};

const nearest = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(share * values.length)) - 1] ?? 0;

const shares = fc.constantFrom(0.01, 0.5, 0.95, 0.99, 1);

it("finds each quantile within one percent", () => {
  fc.assert(
    fc.property(numbers, shares, (values, share) => {
      const exact = nearest(values, share);
      const found = fill(values).quantile(share) ?? Number.NaN;
      expect(Math.abs(found - exact)).toBeLessThanOrEqual(Math.abs(exact) * 0.010_001);
    }),
  );
});

it("adds up to the sketch of all values", () => {
  fc.assert(
    fc.property(numbers, numbers, shares, (a, b, share) => {
      const sum = fill(a);
      sum.addAll(fill(b).data);
      expect(sum.quantile(share)).toBe(fill([...a, ...b]).quantile(share));
    }),
  );
});

it("has no quantile of nothing", () => {
  expect(new Sketch().quantile(0.5)).toBeUndefined();
});
