import { expect, it } from "vitest";
import { createKeyRange, createTable, published } from "./dynamodb-limits.ts";

// What AWS publishes about a table; the pages are named in docs/growth.md.

/** Writes of one unit, as many a second as are asked for; returns how many were taken in each second. */
const drive = (
  write: (now: number) => boolean,
  { perSecond, from, seconds }: { perSecond: number; from: number; seconds: number },
): number[] =>
  Array.from({ length: seconds }, (_, second) => {
    let taken = 0;
    for (let index = 0; index < perSecond; index++)
      taken += write(from + second + (index + 1) / perSecond) ? 1 : 0;
    return taken;
  });

it.each([
  ["writes", published.writeUnitsPerSecond, 1000],
  ["reads", published.readUnitsPerSecond, 3000],
])("a busy key range takes the published units of %s a second", (_, limit, expected) => {
  const range = createKeyRange(limit);
  const taken = drive((now) => range.take(1, now), {
    perSecond: 2 * limit,
    from: 0,
    seconds: 30,
  });
  expect(taken.slice(2)).toEqual(Array.from({ length: 28 }, () => expected));
});

it("an idle key range keeps 300 seconds for a burst, and no more", () => {
  const range = createKeyRange();
  const afterAnHour = range.takeUpTo(Number.POSITIVE_INFINITY, 3600);
  expect(afterAnHour).toBe(300 * 1000);
  expect(range.takeUpTo(Number.POSITIVE_INFINITY, 3610)).toBeCloseTo(10_000);
});

it("a new table takes 4,000 writes a second when they spread over its keys", () => {
  const table = createTable();
  let next = 0;
  const taken = drive((now) => table.write(`key-${next++ % 1024}`, 1, now), {
    perSecond: 12_000,
    from: 0,
    seconds: 20,
  });
  expect(taken.at(-1)).toBeGreaterThan(3900);
  expect(taken.at(-1)).toBeLessThanOrEqual(4000);
});

it("a table that stays hot doubles within half an hour, where its keys can be parted", () => {
  const table = createTable();
  let next = 0;
  const write = (now: number) => table.write(`key-${next++ % 64}`, 100, now);
  const taken = drive(write, { perSecond: 120, from: 0, seconds: 1800 });
  const before = taken.slice(60, 120).reduce((sum, one) => sum + one, 0);
  const after = taken.slice(-60).reduce((sum, one) => sum + one, 0);
  expect(after / before).toBeGreaterThanOrEqual(2);
});

it("never splits a key under which the sort key only grows", () => {
  const table = createTable();
  const write = (now: number) => table.write("LOG", 100, now);
  const taken = drive(write, { perSecond: 50, from: 0, seconds: 3600 });
  expect(taken.at(-1)).toBe(10);
  expect(table.partitionCount).toBe(published.partitionsAtFirst);
});

it("parts two hot keys of one partition after minutes", () => {
  const table = createTable();
  const keys = ["a#0", "a#4", "a#8", "a#12", "a#16", "a#20", "a#24", "a#28"];
  let next = 0;
  const write = (now: number) => table.write(keys[next++ % keys.length] ?? "", 100, now);
  const taken = drive(write, { perSecond: 80, from: 0, seconds: 3600 });
  expect(taken.at(200)).toBeLessThan(80);
  expect(taken.at(-1)).toBe(80);
});
