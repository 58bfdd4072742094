import { RE2JS } from "re2js";
import { builtInFields, type QueryableEntry, type QueryableValue } from "../entry.ts";
import type { Filter } from "../filter.ts";

/** The meaning of a filter, written as plainly as it can be: no preparation, no shared code, another regex engine. */
export const oracle = (filter: Filter, entry: QueryableEntry): boolean => {
  switch (filter.op) {
    case "all":
      return true;
    case "and":
      return filter.filters.every((part) => oracle(part, entry));
    case "or":
      return filter.filters.some((part) => oracle(part, entry));
    case "not":
      return !oracle(filter.filter, entry);
    case "contains":
      return lower(entry.message).includes(lower(filter.text));
    default:
      return valueMatches(filter, valueIn(entry, filter.field));
  }
};

const lower = (text: string): string =>
  [...text].map((c) => (c >= "A" && c <= "Z" ? c.toLowerCase() : c)).join("");

const valueIn = (entry: QueryableEntry, field: string): QueryableValue | undefined => {
  const names: readonly string[] = builtInFields;
  // The name is one of the built-in ones, whose values are these.
  if (names.includes(field)) return entry[field as "message"];
  const name = field.startsWith("attributes.") ? field.slice("attributes.".length) : field;
  return new Map(entry.attributeNames.map((n, i) => [n, entry.attributeValues[i]])).get(name);
};

const valueMatches = (
  filter: Extract<Filter, { readonly field: string }>,
  value: QueryableValue | undefined,
): boolean => {
  if (value === undefined) return false;
  const number = typeof value === "number" ? value : toNumber(value);
  switch (filter.op) {
    case "exists":
      return true;
    case "equals":
      if (typeof value === "number") return isSameNumber(filter.value, value);
      return String(value) === filter.value;
    case "wildcard":
      return wildcard(filter.parts, String(value));
    case "regex":
      return RE2JS.compile(filter.pattern).test(String(value));
    case "compare": {
      const { operator, value: limit } = filter;
      const isEqual = operator.endsWith("=") && number === limit;
      return isEqual || (operator.startsWith(">") ? number > limit : number < limit);
    }
    case "range":
      return (
        (filter.from === null || number >= filter.from) &&
        (filter.to === null || number <= filter.to) &&
        !Number.isNaN(number)
      );
  }
};

/** A whole number is compared digit for digit: a double would take one long id for another. */
const isSameNumber = (text: string, value: number): boolean => {
  if (toNumber(text) !== value) return false;
  return !/^-?\d+$/.test(text) || BigInt(text) === BigInt(value);
};

/** The number that a text is, if JSON says so. */
const toNumber = (value: QueryableValue): number => {
  if (typeof value !== "string" || value !== value.trim() || value === "") return Number.NaN;
  try {
    const number: unknown = JSON.parse(value);
    return typeof number === "number" && Number.isFinite(number) ? number : Number.NaN;
  } catch {
    return Number.NaN;
  }
};

/** Tries every length for each star. */
const wildcard = ([first = "", ...rest]: readonly string[], text: string): boolean => {
  if (!text.startsWith(first)) return false;
  const left = text.slice(first.length);
  if (rest.length === 0) return left === "";
  return Array.from(left, (_, i) => i)
    .concat(left.length)
    .some((skipped) => wildcard(rest, left.slice(skipped)));
};
