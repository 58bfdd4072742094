import type { FilterOf } from "../filter.ts";
import { printField } from "../text.ts";
import { numberReaderOf, printNumber } from "./compare.ts";
import type { OperatorDocs, Predicate } from "./operator.ts";

export const printRange = (filter: FilterOf<"range">): string => {
  const ends = [filter.from, filter.to].map((end) =>
    end === null ? "*" : printNumber(filter.field, end),
  );
  return `${printField(filter.field)}:[${ends.join(" TO ")}]`;
};

export const compileRange = (filter: FilterOf<"range">): Predicate => {
  const read = numberReaderOf(filter.field);
  const from = filter.from ?? Number.NEGATIVE_INFINITY;
  const to = filter.to ?? Number.POSITIVE_INFINITY;
  return (entry) => {
    const value = read(entry);
    return value !== undefined && value >= from && value <= to;
  };
};

export const rangeDocs: OperatorDocs = {
  title: "Ranges",
  syntax: ["field:[1 TO 5]", "field:[1 TO *]", "field:[* TO 5]"],
  meaning:
    "The value is a number, as for comparisons, and lies between the two, both included; a star leaves an end open. " +
    "A day, hour or minute at an end of a range of `timestamp` is in it as a whole, and so is one that stands alone: " +
    "`timestamp:2026-11-22` is that day.",
  examples: [
    {
      query: "http.status:[500 TO 599]",
      finds: [{ "http.status": 500 }, { "http.status": 599 }, { "http.status": "502" }],
      misses: [{ "http.status": 499 }, { "http.status": 600 }, { "http.status": "5xx" }, {}],
    },
    {
      query: "timestamp:[2026-11-22T09:00 TO 2026-11-22T09:04]",
      finds: [{ timestamp: "2026-11-22T09:04:59.999Z" }],
      misses: [{ timestamp: "2026-11-22T09:05:00.000Z" }],
    },
  ],
};
