import { numberOf, type QueryableEntry, readerOf } from "../entry.ts";
import type { FilterOf } from "../filter.ts";
import { printField } from "../text.ts";
import { printTime } from "../time.ts";
import type { OperatorDocs, Predicate } from "./operator.ts";

export const printCompare = (filter: FilterOf<"compare">): string =>
  `${printField(filter.field)}:${filter.operator}${printNumber(filter.field, filter.value)}`;

/** Writes a number, or a time where the field is the timestamp. */
export const printNumber = (field: string, value: number): string =>
  field === "timestamp" ? printTime(value) : String(value);

/** Returns the function that reads a field as a number: a string that JSON would read as a number is one. */
export const numberReaderOf = (field: string): ((entry: QueryableEntry) => number | undefined) => {
  const read = readerOf(field);
  return (entry) => {
    const value = read(entry);
    if (typeof value === "number") return value;
    return typeof value === "string" ? numberOf(value) : undefined;
  };
};

export const compileCompare = (filter: FilterOf<"compare">): Predicate => {
  const read = numberReaderOf(filter.field);
  const { operator, value } = filter;
  // A missing field is undefined, which compares as NaN: false with every operator.
  const numberIn = (entry: QueryableEntry) => read(entry) ?? Number.NaN;
  if (operator === ">") return (entry) => numberIn(entry) > value;
  if (operator === ">=") return (entry) => numberIn(entry) >= value;
  if (operator === "<") return (entry) => numberIn(entry) < value;
  return (entry) => numberIn(entry) <= value;
};

export const compareDocs: OperatorDocs = {
  title: "Comparisons",
  syntax: ["field:>5", "field:>=5", "field:<5", "field:<=5"],
  meaning:
    'The value is a number and compares so. A string that JSON would read as a number counts as one (`"250"`, ' +
    '`"-1e3"`, not `"250ms"`, `" 250"`, `"0x10"`); any other value, and a missing field, is never found. ' +
    "`timestamp` compares with times in ISO 8601 (UTC where no offset is given) or in milliseconds since 1970; a " +
    "shortened time means all of its minute, hour or day: `timestamp:>2026-11-22` begins with the day after.",
  examples: [
    {
      query: "latency_ms:>250",
      finds: [{ latency_ms: 250.5 }, { latency_ms: "300" }],
      misses: [{ latency_ms: 250 }, { latency_ms: "300ms" }, { latency_ms: true }, {}],
    },
    {
      query: "-latency_ms:>250",
      finds: [{ latency_ms: 250 }, { message: "no latency" }],
      misses: [{ latency_ms: 251 }],
    },
    { query: "x:<=-5", finds: [{ x: -5 }, { x: -6 }], misses: [{ x: -4 }] },
    {
      query: "timestamp:>=2026-11-22T09:00Z",
      finds: [{ timestamp: "2026-11-22T09:00:00.000Z" }],
      misses: [{ timestamp: "2026-11-22T08:59:59.999Z" }],
    },
  ],
};
