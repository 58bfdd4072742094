import { numberOf, readerOf } from "../entry.ts";
import type { FilterOf } from "../filter.ts";
import { printField, printValue } from "../text.ts";
import type { OperatorDocs, Predicate } from "./operator.ts";

export const printEquals = (filter: FilterOf<"equals">): string =>
  `${printField(filter.field)}:${printValue(filter.value)}`;

/** The number that a text finds: none when a double can't hold its digits, since another number would be found. */
const exactNumberOf = (text: string): number | undefined => {
  const number = numberOf(text);
  if (number === undefined || !/^-?\d+$/.test(text)) return number;
  return BigInt(text) === BigInt(number) ? number : undefined;
};

export const compileEquals = (filter: FilterOf<"equals">): Predicate => {
  const { value } = filter;
  const read = readerOf(filter.field);
  const number = exactNumberOf(value);
  const boolean = value === "true" ? true : value === "false" ? false : undefined;
  if (number !== undefined) {
    return (entry) => {
      const found = read(entry);
      return found === value || found === number;
    };
  }
  if (boolean === undefined) return (entry) => read(entry) === value;
  return (entry) => {
    const found = read(entry);
    return found === value || found === boolean;
  };
};

export const equalsDocs: OperatorDocs = {
  title: "A field has a value",
  syntax: ["field:value", 'field:"a value"'],
  meaning:
    "The whole value is this text, with case. A number is found by any way of writing it, and a string by exactly " +
    'the same text: `http.status:500` finds 500 and `"500"`. `true` and `false` find booleans and strings. ' +
    "Built-in fields are `severity`, `service`, `level`, `message`, `traceId`, `spanId`, `logId` and `timestamp`; " +
    "any other name is an attribute, nested ones with dots. `attributes.service:x` reaches an attribute that is " +
    'named like a built-in field. A name with spaces goes in quotes: `"player name":ann`.',
  examples: [
    {
      query: "player:ann",
      finds: [{ player: "ann" }],
      misses: [{ player: "Ann" }, { player: "anna" }, { message: "ann" }],
    },
    { query: 'player:"ann lee"', finds: [{ player: "ann lee" }], misses: [{ player: "ann" }] },
    {
      query: "http.status:500",
      finds: [{ "http.status": 500 }, { "http.status": "500" }],
      misses: [{ "http.status": 5000 }, { "http.status": "500.0" }],
    },
    { query: "x:-5", finds: [{ x: -5 }, { x: "-5" }], misses: [{ x: 5 }] },
    {
      query: "retry:true",
      finds: [{ retry: true }, { retry: "true" }],
      misses: [{ retry: false }, { retry: 1 }, {}],
    },
    {
      query: "attributes.service:x",
      finds: [{ attributes: { service: "x" } }],
      misses: [{ service: "x" }],
    },
  ],
};
