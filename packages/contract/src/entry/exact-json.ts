/** JSON as the entry schema reads it: a number that a double would change is kept with its digits. */

/** A number by its digits, as `JSON.rawJSON` makes it; `JSON.stringify` prints it as it came. */
interface RawNumber {
  readonly rawJSON: string;
}

interface ExactJson {
  rawJSON(text: string): RawNumber;
  isRawJSON(value: unknown): value is RawNumber;
}

// These members are part of ECMAScript 2026, which the type library of this compiler does not have yet.
const exactJson = JSON as unknown as ExactJson;

export const isRawNumber = (value: unknown): value is RawNumber => exactJson.isRawJSON(value);

/** A decimal number as its digits without outer zeros, and the power of ten behind them. */
const decimalOf = (text: string): string => {
  const [, sign = "", whole = "", fraction = "", power = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const trimmed = digits.replace(/0+$/, "");
  if (trimmed === "") return "0";
  const exponent = BigInt(power) - BigInt(fraction.length - (digits.length - trimmed.length));
  return `${sign}${trimmed}e${exponent}`;
};

/**
 * Whether a number comes back as the same decimal number after it was a double: 0.1, 1.50 and 1e3 do, 1e400 and
 * 0.10000000000000000001 do not. Seventeen digits, as C's `%.17g` prints them, name a double exactly and so are not
 * changed. Integers written in digits must also lie within 2^53, so that the ids of one platform are all strings and
 * not now strings, now numbers.
 */
export const isExactNumber = (source: string): boolean => {
  const value = Number(source);
  if (!Number.isFinite(value)) return false;
  if (/^-?\d+$/.test(source)) return Math.abs(value) <= 2 ** 53 && BigInt(value) === BigInt(source);
  const decimal = decimalOf(source);
  return decimal === decimalOf(String(value)) || decimal === decimalOf(value.toPrecision(17));
};

/** In valid JSON, each string and each number. */
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** A word that no string of the text begins with, unless it is written with escapes. */
const wordMissingFrom = (text: string): string => {
  let word = "digits:";
  while (text.includes(word)) word = `${word}:`;
  return word;
};

/**
 * Parses JSON and keeps the digits of numbers that a double cannot hold. Throws SyntaxError. The source text that
 * `JSON.parse` can hand to a reviver would be simpler, but V8 leaves it out at times.
 */
export const parseExactJson = (text: string): unknown => {
  JSON.parse(text);
  const mark = wordMissingFrom(text);
  const marked = text.replaceAll(stringOrNumber, (token) =>
    token.startsWith('"') || isExactNumber(token) ? token : `"${mark}${token}"`,
  );
  return JSON.parse(marked, (_key, value) =>
    typeof value === "string" && value.startsWith(mark)
      ? exactJson.rawJSON(value.slice(mark.length))
      : value,
  );
};

/** Prints a value as JSON, exact numbers with their digits. Unlike `JSON.stringify` it keeps the sign of -0. */
export const printExactJson = (value: unknown): string =>
  JSON.stringify(value, (_key, inner) => (Object.is(inner, -0) ? exactJson.rawJSON("-0") : inner));
