import { expect, test } from "vitest";
import { tokenize } from "./parse.ts";

const kinds = (text: string) =>
  tokenize(text).map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`);

test.each([
  ["a b", ["word a", "word b"]],
  ['-"a b" OR (c)', ["not -", 'phrase "a b"', "keyword OR", "paren (", "word c", "paren )"]],
  ["/a b/ /etc/x", ["regex /a b/", "word /etc/x"]],
  [
    "x:1 NOT y:a*",
    ["field x", "colon :", "value 1", "keyword NOT", "field y", "colon :", "wildcard a*"],
  ],
  ["x:>=5", ["field x", "colon :", "comparison >=", "value 5"]],
  [
    "x:[1 TO *]",
    ["field x", "colon :", "bracket [", "value 1", "keyword TO", "value *", "bracket ]"],
  ],
  ['a "b', ["word a", 'error "b']],
  ["a)", ["word a", "error )"]],
])("%s", (text, tokens) => {
  expect(kinds(text)).toEqual(tokens);
});
