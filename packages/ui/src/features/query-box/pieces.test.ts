import { parse } from "@log-service/query";
import fc from "fast-check";
import { expect, it } from "vitest";
import { piecesOf } from "./pieces.ts";

const drawn = (text: string) => {
  const { problems, hints } = parse(text);
  return piecesOf(text, problems, hints).map(({ from, to, kind, mark }) =>
    [text.slice(from, to), kind, mark].filter((part) => part !== undefined).join(" "),
  );
};

it.each([
  ["", []],
  ["a:1 b", ["a field", ": colon", "1 value", " ", "b word"]],
  ["severity:warn x", ["severity field", ": colon", "warn value problem", " ", "x word"]],
  ["x=5", ["x=5 word hint"]],
  ['a "b', ["a word", " ", '"b error problem']],
  ["x: ", ["x field problem", ": colon problem", " "]],
])("cuts %j into %j", (text, expected) => {
  expect(drawn(text)).toEqual(expected);
});

it("marks the character before what is missing", () => {
  const missing = { from: 2, to: 2, message: "missing" };
  expect(piecesOf("ab c", [missing], []).map(({ from, to, mark }) => [from, to, mark])).toEqual([
    [0, 1, undefined],
    [1, 2, "problem"],
    [2, 3, undefined],
    [3, 4, undefined],
  ]);
  expect(piecesOf("ab", [{ ...missing, from: 0, to: 0 }], [])).toHaveLength(1);
});

it("leaves nothing out, whatever the text", () => {
  const words = fc.constantFrom(
    "a",
    ":",
    '"',
    "(",
    ")",
    " ",
    "-",
    "/",
    "[1 TO ",
    "severity:x",
    "\n",
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 12 }), (parts) => {
      const text = parts.join("");
      const { problems, hints } = parse(text);
      const pieces = piecesOf(text, problems, hints);
      expect(pieces.map(({ from, to }) => text.slice(from, to)).join("")).toBe(text);
      expect(pieces.every(({ from, to }) => from < to)).toBe(true);
    }),
  );
});
