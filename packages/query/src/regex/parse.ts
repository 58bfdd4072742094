import { parseBracket, parsePerlClass, parseUnicodeClass } from "./classes.ts";
import { type Assertion, empty, type Node } from "./node.ts";
import { PatternReader } from "./pattern-reader.ts";
import { codePointMax, invert } from "./ranges.ts";
import type { Unicode } from "./unicode.ts";

export type ParsedRegex =
  | { readonly node: Node; readonly problem?: undefined }
  | { readonly problem: string };

/** How deep parentheses may be nested: what walks an expression is recursive. */
const depthMax = 64;

/** RE2 repeats nothing more often than this. */
const repeatMax = 1000;

/** Parses an expression in the syntax of RE2. Never throws. */
export const parsePattern = (pattern: string, unicode: Unicode): ParsedRegex => {
  const reader = new PatternReader(pattern, unicode);
  const node = parseEither(reader, 0);
  if (reader.problem === undefined && !reader.isAtEnd()) reader.fail("a ) that nothing opens");
  return reader.problem === undefined ? { node } : { problem: reader.problem };
};

const parseEither = (reader: PatternReader, depth: number): Node => {
  const flags = reader.flags;
  const nodes = [parseConcat(reader, depth)];
  while (reader.takeIf("|")) nodes.push(parseConcat(reader, depth));
  // Flags that are set inside of parentheses end with them.
  reader.flags = flags;
  return nodes.length === 1 ? (nodes[0] ?? empty) : { kind: "either", nodes };
};

const parseConcat = (reader: PatternReader, depth: number): Node => {
  const nodes: Node[] = [];
  while (!reader.isAtEnd() && reader.peek() !== "|" && reader.peek() !== ")") {
    if (reader.takeIf("\\Q")) {
      const text = reader.takeUntil("\\E");
      const letters = [...text].map((character) => literal(reader, character.codePointAt(0) ?? 0));
      const last = letters.pop();
      nodes.push(...letters);
      if (last !== undefined) nodes.push(parseRepeats(reader, last));
      continue;
    }
    const atom = parseAtom(reader, depth);
    // Behind flags such as (?i), RE2 takes a sign of repetition for the part before them.
    const repeated = atom ?? nodes.pop();
    if (repeated !== undefined) nodes.push(parseRepeats(reader, repeated));
  }
  return nodes.length === 1 ? (nodes[0] ?? empty) : { kind: "concat", nodes };
};

const literal = (reader: PatternReader, codePoint: number): Node => {
  const ranges = [codePoint, codePoint];
  return { kind: "set", ranges: reader.flags.ignoresCase ? reader.unicode.fold(ranges) : ranges };
};

const assertion = (name: Assertion): Node => ({ kind: "assertion", assertion: name });

const parseAtom = (reader: PatternReader, depth: number): Node | undefined => {
  const { flags } = reader;
  switch (reader.peek()) {
    case "(":
      return parseParentheses(reader, depth);
    case "[":
      return { kind: "set", ranges: parseBracket(reader) };
    case "\\":
      return parseEscape(reader);
    case ".":
      reader.take();
      return { kind: "set", ranges: flags.dotIsAll ? [0, codePointMax] : invert([10, 10]) };
    case "^":
      reader.take();
      return assertion(flags.isMultiline ? "lineStart" : "textStart");
    case "$":
      reader.take();
      return assertion(flags.isMultiline ? "lineEnd" : "textEnd");
    case "*":
    case "+":
    case "?":
      reader.fail(`nothing stands before ${reader.peek()}`);
      return undefined;
    default:
      if (repeatSign.test(reader.rest())) reader.fail("nothing stands before a repetition");
      return literal(reader, reader.take());
  }
};

const parseEscape = (reader: PatternReader): Node => {
  const ranges = parsePerlClass(reader) ?? parseUnicodeClass(reader);
  if (ranges !== undefined) return { kind: "set", ranges };
  if (reader.takeIf("\\A")) return assertion("textStart");
  if (reader.takeIf("\\z")) return assertion("textEnd");
  if (reader.takeIf("\\b")) return assertion("wordBoundary");
  if (reader.takeIf("\\B")) return assertion("noWordBoundary");
  return literal(reader, reader.takeEscape());
};

const parseParentheses = (reader: PatternReader, depth: number): Node | undefined => {
  if (depth >= depthMax) {
    reader.fail(`parentheses nested deeper than ${depthMax} levels`);
    return undefined;
  }
  const flagsBefore = reader.flags;
  reader.take();
  if (reader.takeIf("?")) {
    const opened = parseFlags(reader);
    if (opened !== "group") return undefined;
  }
  const node = parseEither(reader, depth + 1);
  reader.flags = flagsBefore;
  if (!reader.takeIf(")")) reader.fail("a parenthesis is not closed");
  return node;
};

/** Reads what stands behind `(?`: a name, or flags, for the group or for what follows. */
const parseFlags = (reader: PatternReader): "group" | "flags" | undefined => {
  const name = reader.takeMatch(/^P?<([A-Za-z0-9_]+)>/);
  if (name !== undefined) {
    if (reader.groupNames.has(name)) reader.fail(`two groups of the name ${name}`);
    reader.groupNames.add(name);
    return "group";
  }
  const text = reader.takeMatch(/^([imsU]*(?:-[imsU]+)?)(?=[:)])/);
  if (text === undefined) {
    const isLook = /^<?[=!]/.test(reader.rest());
    reader.fail(isLook ? "RE2 has no look-around" : "what stands behind (? is unknown");
    return undefined;
  }
  const [set = "", cleared = ""] = text.split("-");
  const { ignoresCase, isMultiline, dotIsAll } = reader.flags;
  const isSet = (letter: string, before: boolean) =>
    (before || set.includes(letter)) && !cleared.includes(letter);
  reader.flags = {
    ignoresCase: isSet("i", ignoresCase),
    isMultiline: isSet("m", isMultiline),
    dotIsAll: isSet("s", dotIsAll),
  };
  if (reader.takeIf(":")) return "group";
  reader.take();
  return "flags";
};

const repeatSign = /^(?:[*+?]|\{(\d{1,5})(?:(,)(\d{1,5})?)?\})/;

/** Reads the signs of repetition behind a node; one, with perhaps a question mark, is what RE2 allows. */
const parseRepeats = (reader: PatternReader, node: Node): Node => {
  const sign = repeatSign.exec(reader.rest());
  if (sign === null) return node;
  reader.skip(sign[0].length);
  reader.takeIf("?");
  if (repeatSign.test(reader.rest())) reader.fail(`a repetition of a repetition: ${sign[0]}`);
  if (sign[0] === "*") return { kind: "repeat", node, min: 0, max: Infinity };
  if (sign[0] === "+") return { kind: "repeat", node, min: 1, max: Infinity };
  if (sign[0] === "?") return { kind: "repeat", node, min: 0, max: 1 };
  const min = Number(sign[1]);
  const max = sign[3] === undefined ? (sign[2] === undefined ? min : Infinity) : Number(sign[3]);
  const isTooMany = min > repeatMax || (max !== Infinity && max > repeatMax);
  if (isTooMany) reader.fail(`a repetition of more than ${repeatMax} times: ${sign[0]}`);
  else if (min > max) reader.fail(`a repetition upside down: ${sign[0]}`);
  return { kind: "repeat", node, min, max };
};
