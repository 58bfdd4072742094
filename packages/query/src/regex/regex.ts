import { createAlphabet } from "./alphabet.ts";
import { accepted, Dfa, dead } from "./dfa.ts";
import { type RequiredLiteral, requiredLiteralOf } from "./literal.ts";
import { empty, type Node } from "./node.ts";
import { type ParsedRegex, parsePattern } from "./parse.ts";
import { createProgram, programSizeMax, programSizeOf } from "./program.ts";
import { createUnicode, type Unicode } from "./unicode.ts";

/** A compiled expression. It learns while it runs, so it is worth keeping. */
export interface Regex {
  /** Whether it matches somewhere in the text. */
  test(text: string): boolean;
  /**
   * The same on bytes from `from` to before `to`, which hold UTF-8; lone surrogates are three bytes, as WTF-8 has
   * them. A byte that belongs to no character counts as U+FFFD.
   */
  testBytes(bytes: Uint8Array, from?: number, to?: number): boolean;
  readonly requiredLiteral: RequiredLiteral | undefined;
  /** How many steps have been followed so far to learn states; bounded by program size times characters. */
  readonly work: number;
}

/** Checks an expression in the syntax of RE2; `problem` says what is wrong with it. Never throws. */
export const parseRegex = (pattern: string, unicode: Unicode = createUnicode()): ParsedRegex => {
  const parsed = parsePattern(pattern, unicode);
  if (parsed.problem !== undefined) return parsed;
  const size = programSizeOf(parsed.node);
  if (size <= programSizeMax) return parsed;
  return {
    problem: `it has ${size} steps once repetitions are written out; the limit is ${programSizeMax}`,
  };
};

/** Compiles an expression. One that has a problem matches nothing; `parseRegex` tells. */
export const compileRegex = (pattern: string, unicode?: Unicode): Regex => {
  const parsed = parseRegex(pattern, unicode);
  const node: Node = parsed.problem === undefined ? parsed.node : { kind: "set", ranges: [] };
  return createRegex(node);
};

/** Finds text that every match contains; undefined when there is none, or the expression has a problem. */
export const requiredLiteral = (pattern: string): RequiredLiteral | undefined => {
  const parsed = parseRegex(pattern);
  return requiredLiteralOf(parsed.problem === undefined ? parsed.node : empty);
};

const createRegex = (node: Node): Regex => {
  const program = createProgram(node);
  const dfa = new Dfa(program, createAlphabet(program));
  const literal = requiredLiteralOf(node);
  const needle = literal?.ignoresCase === false ? literal.text : "";
  return {
    test: (text) => text.includes(needle) && testString(dfa, text),
    testBytes: (bytes, from = 0, to = bytes.length) => testBytes(dfa, bytes, from, to),
    requiredLiteral: literal,
    get work() {
      return dfa.work;
    },
  };
};

const testString = (dfa: Dfa, text: string): boolean => {
  const { width, alphabet } = dfa;
  const { ascii } = alphabet;
  let { table } = dfa;
  let state = dfa.start;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    let symbol: number;
    if (unit < 128) symbol = ascii[unit] ?? 0;
    else {
      const codePoint = text.codePointAt(i) ?? 0;
      if (codePoint > 0xffff) i++;
      symbol = alphabet.classOf(codePoint);
    }
    let next = table[state * width + symbol] ?? -1;
    if (next < 0) {
      next = dfa.advance(state, symbol);
      table = dfa.table;
    }
    if (next <= accepted) return next === accepted;
    state = next;
  }
  return isAcceptedAtEnd(dfa, state);
};

const testBytes = (dfa: Dfa, bytes: Uint8Array, from: number, to: number): boolean => {
  const { width, alphabet } = dfa;
  const { ascii } = alphabet;
  let { table } = dfa;
  let state = dfa.start;
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0;
    let symbol: number;
    if (byte < 128) symbol = ascii[byte] ?? 0;
    else {
      const length = sequenceLength(bytes, i, to);
      symbol = alphabet.classOf(length === 1 ? 0xfffd : decode(bytes, i, length));
      i += length - 1;
    }
    let next = table[state * width + symbol] ?? -1;
    if (next < 0) {
      next = dfa.advance(state, symbol);
      table = dfa.table;
    }
    if (next <= accepted) return next === accepted;
    state = next;
  }
  return isAcceptedAtEnd(dfa, state);
};

const isAcceptedAtEnd = (dfa: Dfa, state: number): boolean => {
  const symbol = dfa.alphabet.size;
  const known = dfa.table[state * dfa.width + symbol] ?? -1;
  const next = known < 0 ? dfa.advance(state, symbol) : known;
  return next !== dead;
};

/** How many bytes the character at `at` has; 1 when what stands there is none. */
const sequenceLength = (bytes: Uint8Array, at: number, to: number): number => {
  const lead = bytes[at] ?? 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
  if (lead > 0xf4 || at + length > to) return 1;
  for (let i = 1; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 1;
  const codePoint = decode(bytes, at, length);
  const least = length === 4 ? 0x10000 : length === 3 ? 0x800 : 0x80;
  return codePoint < least || codePoint > 0x10ffff ? 1 : length;
};

const decode = (bytes: Uint8Array, at: number, length: number): number => {
  let codePoint = (bytes[at] ?? 0) & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) codePoint = (codePoint << 6) | ((bytes[at + i] ?? 0) & 0x3f);
  return codePoint;
};
