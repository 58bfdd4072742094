import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, it } from "vitest";
import { isNumberAt } from "./number-text.ts";

const isText = (text: string, value: number): boolean =>
  isNumberAt(Buffer.from(`<${text}>`), 1, 1 + text.length, value);

const anyNumber = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: 0, max: 1e9 }).map((value) => value / 1000),
  fc.maxSafeNat(),
);

it("knows the text that JavaScript writes for a number", () => {
  fc.assert(
    fc.property(anyNumber, (value) => {
      expect(isText(`${value}`, value)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

it("takes no text for a number unless the number gives exactly it back", () => {
  const digits = fc.stringMatching(/^[0-9]{0,18}\.?[0-9]{0,8}$/);
  fc.assert(
    fc.property(digits, (text) => {
      expect(isText(text, Number(text))).toBe(`${Number(text)}` === text);
    }),
    { numRuns: 2000 },
  );
});
