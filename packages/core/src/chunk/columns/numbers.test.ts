import fc from "fast-check";
import { expect, it } from "vitest";
import { throughStreams } from "../test/streams.ts";
import { encodeNumbers, openNumbers } from "./numbers.ts";

const roundTrip = (values: readonly number[]) =>
  throughStreams(
    (writer) => encodeNumbers(values, writer),
    (source) => [...openNumbers(source, values.length)()],
  );

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

it("gives numbers back bit for bit", () => {
  const decimals = fc.integer({ min: -1e9, max: 1e9 }).map((cents) => cents / 100);
  const columns = fc.oneof(
    fc.array(finite, { minLength: 1 }),
    fc.array(decimals, { minLength: 1 }),
    fc.array(fc.maxSafeInteger(), { minLength: 1 }),
    fc.array(fc.oneof(decimals, finite, fc.constantFrom(-0, 0)), { minLength: 1 }),
  );
  fc.assert(
    fc.property(columns, (values) => {
      const { result, unread } = roundTrip(values);
      // toEqual tells -0 from 0.
      expect(result).toEqual(values);
      expect(unread).toBe(0);
    }),
    { numRuns: 500 },
  );
});

it("gives back the numbers at the edges", () => {
  const edges = [0, -0, 5e-324, 1e308, -1e308, 2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2, -(2 ** 53)];
  expect(roundTrip(edges).result).toEqual(edges);
  for (const edge of edges) expect(roundTrip([edge, 1, 2.5]).result).toEqual([edge, 1, 2.5]);
});

it("stores decimals as integers", () => {
  const latencies = Array.from({ length: 1000 }, (_, index) => ((index * 7919) % 4096) / 10);
  expect(roundTrip(latencies).bytes).toBeLessThan(1520);
});
