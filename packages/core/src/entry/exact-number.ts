/**
 * Numbers that a double would damage. `JSON.parse` rounds 76561198000000001 (a Steam id) to 76561198000000000; here
 * such a number is found in the text and kept digit for digit.
 */

import { endOfString } from "./json-text.ts";

/** A number of the text that no double holds, as it was written. */
export class ExactNumber {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }
}

const threeDigitExponent = /\d[eE][-+]?\d{3}/;

/** Whether the text may hold a number that is too large or too small for a double. */
export const mayHoldExtreme = (text: string): boolean => threeDigitExponent.test(text);

/** Sign aside, a decimal as its significant digits and the power of ten of the last: the same for equal decimals. */
const canonicalDecimal = (literal: string): string => {
  const [mantissa = "", exponent = "0"] = literal.toLowerCase().replace("-", "~").split("e");
  const [whole = "", fraction = ""] = mantissa.replace("~", "").split(".");
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  const shift = digits.length - significant.length - fraction.length;
  return `${significant}e${Number(exponent.replace("~", "-")) + shift}`;
};

/**
 * Tells whether a JSON number would come back as another one. Integers beyond 2^53 count as damaged even where a
 * double holds them, so that all ids of one kind have one type. A fraction with the 17 digits that C's `%.17g` prints
 * of its double is undamaged: it names that double exactly, and the engines that log so send measurements.
 */
export const isDamaged = (literal: string): boolean => {
  // Fifteen digits are always safe where there is no exponent.
  if (literal.length <= 15 && !/e/i.test(literal)) return false;
  const value = Number(literal);
  if (/^-?\d+$/.test(literal)) {
    return Math.abs(value) > 2 ** 53 || (value !== 0 && String(value) !== literal);
  }
  if (!Number.isFinite(value)) return true;
  const sent = canonicalDecimal(literal);
  return (
    sent !== canonicalDecimal(String(value)) && sent !== canonicalDecimal(value.toPrecision(17))
  );
};

const numberLike = /-?\d[-+.\deE]*/g;

/** The shortest that can be damaged, with the character before it: `:1e400`. */
const shortestGap = 6;

/** Puts the damaged numbers of valid JSON in quotes; the same text when there is none. */
const quoteDamaged = (text: string): string => {
  let result = "";
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('"', at);
    const end = open < 0 ? text.length : open;
    // Between two strings stand one or two characters, usually: matching is for the others.
    const gap = end - at < shortestGap ? "" : text.slice(at, end);
    numberLike.lastIndex = 0;
    for (let match = numberLike.exec(gap); match !== null; match = numberLike.exec(gap)) {
      const [literal] = match;
      if (!isDamaged(literal)) continue;
      result += `${text.slice(copied, at + match.index)}"${literal}"`;
      copied = at + match.index + literal.length;
    }
    at = open < 0 ? end : endOfString(text, open);
  }
  return copied === 0 ? text : result + text.slice(copied);
};

/** Deeper values are refused for their depth whatever they hold. */
const depthMax = 64;

type Container = Record<string, unknown>;

const isContainer = (value: unknown): value is Container =>
  typeof value === "object" && value !== null;

/** Where `quoted` has a string and `plain` a number, the number was put in quotes. */
const restoreExact = (plain: Container, quoted: Container, depth: number): void => {
  for (const key of Object.keys(quoted)) {
    const value = quoted[key];
    const before = plain[key];
    if (typeof value === "string") {
      // An own property, always: this never reaches a setter of the prototype, even for `__proto__`.
      if (typeof before === "number") plain[key] = new ExactNumber(value);
    } else if (isContainer(value) && isContainer(before) && depth < depthMax) {
      restoreExact(before, value, depth + 1);
    }
  }
};

/** Parses JSON like `JSON.parse`, with an `ExactNumber` wherever a double would damage a number. */
export const parseExact = (text: string): unknown => {
  const plain: unknown = JSON.parse(text);
  if (!isContainer(plain)) return plain;
  const quoted = quoteDamaged(text);
  if (quoted === text) return plain;
  const other: unknown = JSON.parse(quoted);
  if (isContainer(other)) restoreExact(plain, other, 0);
  return plain;
};

/** Writes a parsed value as JSON text again, exact numbers digit for digit. Its depth must be known to be small. */
export const writeJson = (value: unknown): string => {
  if (!isContainer(value)) return Object.is(value, -0) ? "-0" : JSON.stringify(value);
  if (value instanceof ExactNumber) return value.digits;
  if (Array.isArray(value)) return `[${value.map(writeJson).join(",")}]`;
  const members = Object.keys(value).map(
    (key) => `${JSON.stringify(key)}:${writeJson(value[key])}`,
  );
  return `{${members.join(",")}}`;
};
