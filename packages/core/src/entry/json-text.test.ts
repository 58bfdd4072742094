import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endOfString, endOfValue, isBlank } from "./json-text.ts";

describe("endOfValue", () => {
  it("ends where the value ends, whatever follows", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom("", ",1", " ,{", "]", "}", "\n]"), (text, rest) => {
        expect(endOfValue(text + rest, 0)).toBe(text.length);
      }),
    );
  });

  it("is -1 where an object or an array is cut", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (inner, seed) => {
        const text = `[${inner}]`;
        expect(endOfValue(text.slice(0, 1 + (seed % (text.length - 1))), 0)).toBe(-1);
      }),
    );
  });
});

describe("endOfString", () => {
  it.each([
    ['"a"b', 3],
    ['"\\""x', 4],
    ['"\\\\"x', 4],
    ['"\\\\\\""', 6],
    ['"open', 5],
    ['"open\\"', 7],
  ])("ends %s at %i", (text, end) => {
    expect(endOfString(text, 0)).toBe(end);
  });
});

describe("isBlank", () => {
  it.each([
    ["", true],
    [" \t\r", true],
    [" x", false],
    ["\u0001", false],
    ["\u00a0", false],
  ])("tells of %j: %s", (text, expected) => {
    expect(isBlank(text, 0, text.length)).toBe(expected);
  });

  it("looks only into the range", () => {
    expect(isBlank("a\n \nb", 2, 3)).toBe(true);
    expect(isBlank("a\n\nb", 2, 2)).toBe(true);
  });
});
