import {
  compile,
  compileRegex,
  type FilterOf,
  numberOf,
  type QueryableValue,
} from "@log-service/query";
import { createNeedle, type Needle } from "./needle.ts";

/** A filter that looks at one field. */
export type FieldFilter = FilterOf<"equals" | "wildcard" | "regex" | "compare" | "range">;

/** What a filter says of a single value, and what follows from it for values that are not decoded. */
export interface ValueTest {
  /** The meaning itself. */
  matches(value: QueryableValue): boolean;
  /** The same on the bytes of a string, where that is cheaper. */
  readonly matchesBytes?: (bytes: Uint8Array, from: number, to: number) => boolean;
  /** The only string that matches. */
  readonly exact?: string;
  /** Each string that matches contains it. */
  readonly needle?: Needle | undefined;
  /** Each string that contains the needle matches. */
  readonly isNeedleEnough?: boolean;
  /** Only numbers match, and strings that look like one. */
  readonly isNumeric?: boolean;
  /** Cheaper on numbers than `matches`, and the same. */
  readonly matchesNumber?: (value: number) => boolean;
  /**
   * Whether a number from `min` to `max`, both included, can match. Where it is there, two numbers that match have
   * none between them that does not.
   */
  readonly mayMatchBetween?: (min: number, max: number) => boolean;
}

/** The meaning of a filter on one value, taken from where the language defines it. */
const meaningOf = (filter: FieldFilter): ((value: QueryableValue) => boolean) => {
  const isMet = compile({ ...filter, field: "value" });
  const attributeValues: QueryableValue[] = [""];
  const entry = { severity: "", message: "", attributeNames: ["value"], attributeValues };
  return (value) => {
    attributeValues[0] = value;
    return isMet(entry);
  };
};

const compareTest = (filter: FilterOf<"compare">): ValueTest => {
  const { operator, value: limit } = filter;
  const isAbove = operator.startsWith(">");
  const isInclusive = operator.endsWith("=");
  const matchesNumber = isAbove
    ? isInclusive
      ? (value: number) => value >= limit
      : (value: number) => value > limit
    : isInclusive
      ? (value: number) => value <= limit
      : (value: number) => value < limit;
  const mayMatchBetween = (min: number, max: number) => matchesNumber(isAbove ? max : min);
  return { matches: meaningOf(filter), isNumeric: true, matchesNumber, mayMatchBetween };
};

const rangeTest = (filter: FilterOf<"range">): ValueTest => {
  const from = filter.from ?? Number.NEGATIVE_INFINITY;
  const to = filter.to ?? Number.POSITIVE_INFINITY;
  const matchesNumber = (value: number) => value >= from && value <= to;
  const mayMatchBetween = (min: number, max: number) => min <= to && max >= from;
  return { matches: meaningOf(filter), isNumeric: true, matchesNumber, mayMatchBetween };
};

const equalsTest = (filter: FilterOf<"equals">): ValueTest => {
  const matches = meaningOf(filter);
  const number = numberOf(filter.value);
  // A whole number beyond 2^53 is compared digit for digit, and then no double may be it.
  const matchesNumber =
    number !== undefined && matches(number) ? (value: number) => value === number : () => false;
  return { matches, exact: filter.value, needle: createNeedle(filter.value), matchesNumber };
};

const longestOf = (parts: readonly string[]): string =>
  parts.reduce((longest, part) => (part.length > longest.length ? part : longest), "");

const regexTest = ({ pattern }: FilterOf<"regex">): ValueTest => {
  const regex = compileRegex(pattern);
  return {
    matches: (value) => regex.test(String(value)),
    matchesBytes: (bytes, from, to) => regex.testBytes(bytes, from, to),
    needle: createNeedle(regex.requiredLiteral?.text ?? ""),
  };
};

export const valueTestOf = (filter: FieldFilter): ValueTest => {
  switch (filter.op) {
    case "equals":
      return equalsTest(filter);
    case "regex":
      return regexTest(filter);
    case "wildcard":
      return { matches: meaningOf(filter), needle: createNeedle(longestOf(filter.parts)) };
    case "compare":
      return compareTest(filter);
    case "range":
      return rangeTest(filter);
  }
};

/** The test of a word or phrase, for messages. */
export const containsTestOf = (filter: FilterOf<"contains">): ValueTest => {
  const needle = createNeedle(filter.text);
  if (needle !== undefined) {
    return { matches: (value) => needle.isIn(String(value)), needle, isNeedleEnough: true };
  }
  const isMet = compile(filter);
  const matches = (value: QueryableValue) =>
    isMet({ severity: "", message: String(value), attributeNames: [], attributeValues: [] });
  return { matches };
};
