import type { Ranges } from "./node.ts";
import type { PatternReader } from "./pattern-reader.ts";
import { digits, invert, posixClasses, spaces, toRanges, wordCharacters } from "./ranges.ts";
import { classNamesMax } from "./unicode.ts";

const perlClasses: Readonly<Record<string, Ranges>> = {
  d: digits,
  s: spaces,
  w: wordCharacters,
};

/** Reads `\d`, `\D` and their like; undefined when something else stands here. */
export const parsePerlClass = (reader: PatternReader): Ranges | undefined => {
  const name = reader.takeMatch(/^\\([dswDSW])/);
  if (name === undefined) return undefined;
  const ranges = foldIf(reader, perlClasses[name.toLowerCase()] ?? []);
  return name === name.toLowerCase() ? ranges : invert(ranges);
};

/** Reads `\pL`, `\p{Greek}`, `\P{^Lu}`; undefined when something else stands here. */
export const parseUnicodeClass = (reader: PatternReader): Ranges | undefined => {
  const text = reader.takeMatch(/^\\([pP](?:[A-Za-z]|\{\^?[A-Za-z_]+\}))/);
  if (text === undefined) return undefined;
  const name = text.slice(1).replace(/[{}^]/g, "");
  const found = reader.unicode.classOf(name);
  if (found === undefined) reader.fail(`no such class of characters: ${name}`);
  if (found === "too many") reader.fail(`more than ${classNamesMax} classes like \\p{${name}}`);
  const ranges = Array.isArray(found) ? foldIf(reader, found) : [];
  const isInverted = text.startsWith("P") !== text.includes("^");
  return isInverted ? invert(ranges) : ranges;
};

const foldIf = (reader: PatternReader, ranges: Ranges): Ranges =>
  reader.flags.ignoresCase ? reader.unicode.fold(ranges) : ranges;

/** Reads a class in brackets, from its opening one. */
export const parseBracket = (reader: PatternReader): Ranges => {
  reader.skip(1);
  const isInverted = reader.takeIf("^");
  const pairs: number[] = [];
  for (let isFirst = true; isFirst || reader.peek() !== "]"; isFirst = false) {
    if (reader.isAtEnd()) {
      reader.fail("a bracket is not closed");
      return [];
    }
    const ranges = parsePosixClass(reader) ?? parsePerlClass(reader) ?? parseUnicodeClass(reader);
    pairs.push(...(ranges ?? parseRange(reader)));
  }
  reader.skip(1);
  const ranges = foldIf(reader, toRanges(pairs));
  return isInverted ? invert(ranges) : ranges;
};

const parsePosixClass = (reader: PatternReader): Ranges | undefined => {
  const name = reader.takeMatch(/^\[:(\^?[A-Za-z]*):\]/);
  if (name === undefined) return undefined;
  const plain = name.replace("^", "");
  const ranges = Object.hasOwn(posixClasses, plain) ? posixClasses[plain] : undefined;
  if (ranges === undefined) reader.fail(`no such class of characters: [:${name}:]`);
  const folded = foldIf(reader, ranges ?? []);
  return name.startsWith("^") ? invert(folded) : folded;
};

/** Reads a character or a range such as `a-z`. */
const parseRange = (reader: PatternReader): Ranges => {
  const from = takeMember(reader);
  const rest = reader.text.slice(reader.at, reader.at + 2);
  const isRange = rest.startsWith("-") && rest.length === 2 && rest[1] !== "]";
  if (!isRange) return [from, from];
  reader.skip(1);
  const to = takeMember(reader);
  if (to < from) reader.fail("a range of characters upside down");
  return [from, to];
};

const takeMember = (reader: PatternReader): number =>
  reader.peek() === "\\" ? reader.takeEscape() : reader.take();
