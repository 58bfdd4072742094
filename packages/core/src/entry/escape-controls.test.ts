import fc from "fast-check";
import { expect, it } from "vitest";
import { escapeControls } from "./escape-controls.ts";

it("leaves no character that a terminal obeys, and changes nothing of what the JSON says", () => {
  const texts = fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units));
  fc.assert(
    fc.property(fc.oneof(texts, fc.string({ unit: "binary" })), (text) => {
      const escaped = escapeControls(JSON.stringify({ [text]: text }));
      expect(escaped).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(JSON.parse(escaped)).toEqual({ [text]: text });
    }),
  );
});

it.each([
  ["\x1b[31m", '"\\u001b[31m"'],
  ["\x9b31m", '"\\u009b31m"'],
  ["\x7f", '"\\u007f"'],
  ["a\u202eb", '"a\\u202eb"'],
  ["two\r\nlines\u2028three", '"two\\r\\nlines\\u2028three"'],
  ["zwölf 字 😀", '"zwölf 字 😀"'],
])("writes %j so that it can be shown", (text, escaped) => {
  expect(escapeControls(JSON.stringify(text))).toBe(escaped);
});
