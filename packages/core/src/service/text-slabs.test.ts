import { expect, it } from "vitest";
import { createTextSlabs, type TextBytes } from "./text-slabs.ts";

const textOf = ({ slab, start, end }: TextBytes): string =>
  slab.subarray(start, end).toString("utf8");

it("keeps each text as it was, whatever its size and its characters", () => {
  const toBytes = createTextSlabs();
  const texts = ["", "a", "\u20ac".repeat(100_000), "\u{1F642}", "b".repeat(1_000_000), "", "c"];
  const kept = texts.map(toBytes);
  expect(kept.map(textOf)).toEqual(texts);
});

it("writes what has no UTF-8 as the sign for it", () => {
  expect(textOf(createTextSlabs()("a\ud800b"))).toBe("a\ufffdb");
});

it("puts many texts into one buffer", () => {
  const toBytes = createTextSlabs();
  const kept = Array.from({ length: 100 }, (_, index) => toBytes(`line ${index}\n`));
  expect(new Set(kept.map(({ slab }) => slab)).size).toBe(1);
});
