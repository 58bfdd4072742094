import fc from "fast-check";
import { expect, it } from "vitest";
import { lineOf, partsOf } from "./marks.ts";

const marked = (text: string, words: readonly string[]) =>
  partsOf(text, words)
    .map((part) => (part.isMarked ? `[${part.text}]` : part.text))
    .join("");

it("marks every match, whatever the case of its ASCII letters", () => {
  expect(marked("Reset, then reset by É", ["RESET", "é"])).toBe("[Reset], then [reset] by É");
});

it("joins matches that overlap or touch", () => {
  expect(marked("timeouts out", ["timeout", "outs", "out"])).toBe("[timeouts] [out]");
  expect(marked("aaaa", ["a"])).toBe("[aaaa]");
});

it("loses no character of a text", () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string({ minLength: 1, maxLength: 3 })), (text, words) => {
      const parts = partsOf(text, words);
      expect(parts.map((part) => part.text).join("")).toBe(text);
      expect(parts.every((part) => part.text !== "") || text === "").toBe(true);
    }),
  );
});

it("puts a message in one line", () => {
  expect(lineOf("a\n  b\r\nc", [])).toBe("a ⏎ b ⏎ c");
});

it("shows the first match of a long message, and never more than a line", () => {
  const line = lineOf(`${"x".repeat(60_000)} panic ${"y".repeat(5_000)}`, ["panic"]);
  expect(line.indexOf("panic")).toBeLessThan(80);
  expect(line.length).toBeLessThan(600);
  expect(lineOf("x".repeat(60_000), ["panic"]).length).toBeLessThan(600);
});
