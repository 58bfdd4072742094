import type { ChunkSource } from "../chunk-source.ts";
import type { ChunkWriter } from "../chunk-writer.ts";
import { affixedLowDigits, stringEncodings } from "../layout.ts";
import { once } from "../once.ts";
import { readString, writeString } from "../wtf8.ts";
import { encodeIntegers, openIntegers } from "./integers.ts";

/**
 * Strings that are a number in decimal digits between a prefix and a suffix that all share, as in `p-81`. Beyond
 * 15 digits (ids of platforms have 17 to 19) all have the same number of digits, and the last 15 are a second number.
 */
export interface AffixedView {
  readonly kind: "affixed";
  readonly prefix: string;
  readonly suffix: string;
  /** How many digits each has, zeros in front; 0 when they have as many as they need. */
  readonly digits: number;
  /** The first digits, where there are more than 15. */
  readonly high: Float64Array | undefined;
  /** The last 15 digits, or all of them. */
  readonly low: Float64Array;
  at(index: number): string;
}

const digitsMax = 30;

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

interface Affixes {
  readonly prefix: number;
  readonly suffix: number;
}

/** Finds how long the parts around the digits are: the longest run of digits at the end of the first value. */
const affixesOf = (first: string): Affixes | undefined => {
  let end = first.length;
  while (end > 0 && !isDigit(first.charCodeAt(end - 1))) end--;
  let start = end;
  while (start > 0 && isDigit(first.charCodeAt(start - 1))) start--;
  return start === end ? undefined : { prefix: start, suffix: first.length - end };
};

/** Reads digits as a number; -1 when there is another character, or none. */
const readDigits = (text: string, from: number, to: number): number => {
  if (from >= to) return -1;
  let value = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (!isDigit(code)) return -1;
    value = value * 10 + (code - 0x30);
  }
  return value;
};

interface Numbers {
  /** 0 when each value has as many digits as it needs. */
  readonly digits: number;
  readonly high: Float64Array | undefined;
  readonly low: Float64Array;
}

/** How many digits all values have, 0 when each has as many as it needs; undefined when neither is so. */
const digitsOf = (values: readonly string[], { prefix, suffix }: Affixes): number | undefined => {
  const digits = values[0]!.length - prefix - suffix;
  let isFixed = digits <= digitsMax;
  let isCanonical = digits <= affixedLowDigits;
  for (const value of values) {
    const length = value.length - prefix - suffix;
    if (length !== digits) isFixed = false;
    if (length > affixedLowDigits || (length > 1 && value.charCodeAt(prefix) === 0x30))
      isCanonical = false;
    if (!(isFixed || isCanonical)) return undefined;
  }
  return isCanonical ? 0 : digits;
};

const readNumbers = (values: readonly string[], affixes: Affixes): Numbers | undefined => {
  const digits = digitsOf(values, affixes);
  if (digits === undefined) return undefined;
  const { prefix, suffix } = affixes;
  const before = values[0]!.slice(0, prefix);
  const after = values[0]!.slice(values[0]!.length - suffix);
  const low = new Float64Array(values.length);
  const high = digits > affixedLowDigits ? new Float64Array(values.length) : undefined;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!value.startsWith(before)) return undefined;
    if (after !== "" && !value.endsWith(after)) return undefined;
    const end = value.length - suffix;
    const split = high === undefined ? prefix : end - affixedLowDigits;
    low[i] = readDigits(value, split, end);
    if (high !== undefined) high[i] = readDigits(value, prefix, split);
    if (low[i]! < 0 || (high !== undefined && high[i]! < 0)) return undefined;
  }
  return { digits, high, low };
};

/** Writes the strings as numbers when that gives them back; returns false, and writes nothing, when it does not. */
export const encodeAffixed = (values: readonly string[], writer: ChunkWriter): boolean => {
  const first = values[0]!;
  const affixes = affixesOf(first);
  const numbers = affixes && readNumbers(values, affixes);
  if (numbers === undefined) return false;
  const { directory } = writer;
  directory.byte(stringEncodings.affixed);
  writeString(first.slice(0, affixes!.prefix), directory);
  writeString(first.slice(first.length - affixes!.suffix), directory);
  directory.byte(numbers.digits);
  if (numbers.high !== undefined) encodeIntegers(numbers.high, values.length, writer);
  encodeIntegers(numbers.low, values.length, writer);
  return true;
};

/** Reads where `count` values are, and returns what gives access to them. */
export const openAffixed = (source: ChunkSource, count: number): (() => AffixedView) => {
  const { directory } = source;
  const prefix = readString(directory);
  const suffix = readString(directory);
  const digits = directory.byte();
  const openHigh = digits > affixedLowDigits ? openIntegers(source, count) : undefined;
  const openLow = openIntegers(source, count);
  return () => {
    const high = openHigh && once(openHigh);
    const low = once(openLow);
    const format = (index: number): string => {
      if (high === undefined) return `${low()[index]!}`.padStart(digits, "0");
      const upper = `${high()[index]!}`.padStart(digits - affixedLowDigits, "0");
      return upper + `${low()[index]!}`.padStart(affixedLowDigits, "0");
    };
    const at = (index: number): string => prefix + format(index) + suffix;
    return {
      kind: "affixed",
      prefix,
      suffix,
      digits,
      get high() {
        return high?.();
      },
      get low() {
        return low();
      },
      at,
    };
  };
};
