import { canonicalField, numberOf } from "./entry.ts";
import { type Filter, nothing } from "./filter.ts";
import { type Items, parseGroup } from "./grammar.ts";
import { hintField, takePipe, takeSelector } from "./mistakes.ts";
import { toPhrase, toWord } from "./operators/contains.ts";
import { parseRegexTerm } from "./operators/regex.ts";
import type { Bare, Scanner } from "./scanner.ts";
import { quote } from "./text.ts";
import { parseValue } from "./values.ts";

/** Reads a term: a group, a phrase, an expression, a field with its value, or a word. */
const parseTerm = (scanner: Scanner, depth: number): Filter => {
  const from = scanner.at;
  const first = scanner.peek();
  if (first === "(") return parseGroup(scanner, terms, depth);
  if (first === '"') return parseQuotedTerm(scanner, depth);
  if (first === "/") {
    const filter = parseRegexTerm(scanner, "message");
    if (filter !== undefined) return filter;
  }
  if (first === "|") {
    takePipe(scanner);
    return nothing;
  }
  if (first === "{" && takeSelector(scanner)) return nothing;
  // A colon without a name before it is a part of the word.
  const bare = scanner.readBare(first === ":" ? "" : ":");
  if (scanner.peek() === ":") return parseField(scanner, bare, depth);
  if (scanner.peek() === '"') return reportInnerQuote(scanner, from);
  return toWord(scanner, bare);
};

/** The terms of a query. */
export const terms: Items = { areValues: false, read: parseTerm };

const parseQuotedTerm = (scanner: Scanner, depth: number): Filter => {
  const from = scanner.at;
  const text = scanner.readQuoted();
  if (text === undefined) {
    scanner.token("error", from);
    return nothing;
  }
  if (scanner.peek() !== ":") return toPhrase(scanner, text, from);
  scanner.token("field", from);
  return parseFieldValue(scanner, from, text, depth);
};

const parseField = (scanner: Scanner, bare: Bare, depth: number): Filter => {
  scanner.token("field", bare.from);
  if (bare.parts.length > 1) {
    scanner.problem(bare.from, "a star in the name of a field has no meaning; name the field");
  }
  const name = bare.parts.join("*");
  if (/^:\/\//.test(scanner.text.slice(scanner.at, scanner.at + 3)))
    return reportUrl(scanner, bare);
  hintField(scanner, bare.from, name);
  return parseFieldValue(scanner, bare.from, name, depth);
};

/** Reads the colon and the value of the field whose name began at `from`. */
const parseFieldValue = (scanner: Scanner, from: number, name: string, depth: number): Filter => {
  const nameEnd = scanner.at;
  scanner.take("colon", 1);
  if (name === "") {
    scanner.problem(from, "the name of the field is empty");
    return parseValue(scanner, "", depth);
  }
  if (scanner.isAtBoundary()) return reportMissingValue(scanner, from, nameEnd);
  return parseValue(scanner, canonicalField(name), depth);
};

/** `field: value`, or a colon at the end of a word. */
const reportMissingValue = (scanner: Scanner, from: number, nameEnd: number): Filter => {
  const name = scanner.text.slice(from, nameEnd);
  const next = /^\s+([^\s():"*/]+)(?=[\s)]|$)/.exec(
    scanner.text.slice(scanner.at, scanner.at + 220),
  );
  if (next === null || numberOf(name) !== undefined) {
    scanner.problem(from, "nothing stands behind the colon", quote(`${name.replaceAll('"', "")}:`));
    return nothing;
  }
  const to = scanner.at + next[0].length;
  scanner.problem(from, "no space stands between a field and its value", `${name}:${next[1]}`, to);
  return nothing;
};

const reportUrl = (scanner: Scanner, bare: Bare): Filter => {
  scanner.at++;
  scanner.readBare();
  scanner.token("error", bare.from);
  const raw = scanner.text.slice(bare.from, scanner.at);
  scanner.problem(bare.from, "a colon makes a field; put an address in quotes", quote(raw));
  return nothing;
};

/** `app="x"`: quotes stand around a whole phrase or value. */
const reportInnerQuote = (scanner: Scanner, from: number): Filter => {
  const before = scanner.text.slice(from, scanner.at);
  const value = scanner.readQuoted();
  scanner.token("error", from);
  if (value === undefined) return nothing;
  const name = /^([\p{L}_][\p{L}\p{N}_.-]*)(!?)=$/u.exec(before);
  const quoted = scanner.text.slice(from + before.length, scanner.at);
  const suggestion =
    name === null ? quote(before + value) : `${name[2] === "!" ? "-" : ""}${name[1]}:${quoted}`;
  const message =
    name === null
      ? "a quote in the middle of a word; put the whole text in quotes"
      : "a field is written with a colon";
  scanner.problem(from, message, suggestion);
  return nothing;
};
