import type { Filter, FilterOf } from "../filter.ts";
import { all, nothing } from "../filter.ts";
import { hintWord } from "../mistakes.ts";
import type { Bare, Scanner } from "../scanner.ts";
import { printWord } from "../text.ts";
import type { OperatorDocs, Predicate } from "./operator.ts";

/** Makes a word of bare text that has been read. */
export const toWord = (scanner: Scanner, bare: Bare): Filter => {
  scanner.token(bare.parts.length > 1 ? "wildcard" : "word", bare.from);
  // A word finds any part of the message, so stars at its ends say nothing.
  const isOpenLeft = bare.parts.length > 1 && bare.parts[0] === "";
  const isOpenRight = bare.parts.length > 1 && bare.parts.at(-1) === "";
  const parts = bare.parts.slice(isOpenLeft ? 1 : 0, isOpenRight ? -1 : undefined);
  const [text = ""] = parts;
  if (parts.length > 1) {
    const pattern = parts.map((part) => part.replace(/[^\p{L}\p{N}\s_-]/gu, "\\$&")).join(".*");
    scanner.problem(
      bare.from,
      "a star in the middle of a word has no meaning; use a regular expression",
      `/(?i)${pattern}/`,
    );
    return nothing;
  }
  if (text === "") return all;
  hintWord(scanner, bare);
  return { op: "contains", text };
};

/** Makes a phrase of quoted text that has been read from `from` on. */
export const toPhrase = (scanner: Scanner, text: string, from: number): Filter => {
  scanner.token("phrase", from);
  if (text !== "") return { op: "contains", text };
  scanner.problem(from, "the phrase is empty", "");
  return nothing;
};

export const printContains = (filter: FilterOf<"contains">): string => printWord(filter.text);

export const compileContains = (filter: FilterOf<"contains">): Predicate => {
  const { text } = filter;
  if (!/[A-Za-z]/.test(text)) return (entry) => entry.message.includes(text);
  // Nothing but literals and pairs like [aA]: it can't backtrack. The flag `i` would fold letters beyond ASCII too.
  const source = text.replace(/[A-Za-z]|[\\^$.*+?()[\]{}|/]/g, (character) =>
    /[A-Za-z]/.test(character)
      ? `[${character.toLowerCase()}${character.toUpperCase()}]`
      : `\\${character}`,
  );
  const pattern = new RegExp(source);
  return (entry) => pattern.test(entry.message);
};

export const containsDocs: OperatorDocs = {
  title: "Words and phrases",
  syntax: ["word", '"a phrase"'],
  meaning:
    "The message contains the text, as a part of a word too: `out` finds `timeout`. ASCII letters match without " +
    "case, everything else exactly. Several words may stand anywhere in the message; a phrase stands together. In " +
    'quotes, `\\"` is a quote and `\\\\` a backslash. Outside of them a backslash takes the meaning from the sign ' +
    "behind it.",
  examples: [
    {
      query: "Connection reset",
      finds: [{ message: "peer reset the connection" }, { message: "CONNECTION RESET" }],
      misses: [{ message: "connection closed" }],
    },
    {
      query: '"connection reset"',
      finds: [{ message: "Connection reset by peer" }],
      misses: [{ message: "peer reset the connection" }],
    },
    { query: "ÉTÉ", finds: [{ message: "ÉtÉ" }], misses: [{ message: "été" }] },
    { query: "a\\:b", finds: [{ message: "say a:b" }], misses: [{ message: "a b" }] },
  ],
};
