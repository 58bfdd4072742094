import fc from "fast-check";
import { expect, it } from "vitest";
import { partsOfPattern } from "./pattern-parts.ts";

it("sets placeholders off from words", () => {
  expect(partsOfPattern("took <num> ms, <*>")).toEqual([
    { text: "took ", isPlaceholder: false },
    { text: "<num>", isPlaceholder: true },
    { text: " ms, ", isPlaceholder: false },
    { text: "<*>", isPlaceholder: true },
  ]);
});

it("takes other words in angle brackets as they are", () => {
  expect(partsOfPattern("<div> <num")).toEqual([{ text: "<div> <num", isPlaceholder: false }]);
});

it("loses nothing of any text", () => {
  const pieces = fc.array(fc.oneof(fc.string(), fc.constantFrom("<num>", "<*>", "<", ">")));
  fc.assert(
    fc.property(pieces, (texts) => {
      const pattern = texts.join("");
      const parts = partsOfPattern(pattern).map(({ text }) => text);
      expect(parts.join("")).toBe(pattern);
    }),
  );
});
