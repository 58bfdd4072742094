import { readerOf } from "../entry.ts";
import type { FilterOf } from "../filter.ts";
import { printField, printValue } from "../text.ts";
import type { OperatorDocs, Predicate } from "./operator.ts";

export const printWildcard = (filter: FilterOf<"wildcard">): string =>
  `${printField(filter.field)}:${filter.parts.map(printPart).join("*")}`;

/** Stars keep their meaning outside of quotes only, so what is special in a part is escaped one by one. */
const printPart = (part: string): string =>
  part === "" || printValue(part) === part ? part : part.replace(/[\s!-/:-@[-`{-~]/g, "\\$&");

export const compileWildcard = (filter: FilterOf<"wildcard">): Predicate => {
  const read = readerOf(filter.field);
  const matchesParts = createWildcard(filter.parts);
  return (entry) => {
    const value = read(entry);
    return value !== undefined && matchesParts(String(value));
  };
};

/** Taking the first place for each part is enough: a later one leaves less for the parts behind it. */
const createWildcard = (parts: readonly string[]): ((text: string) => boolean) => {
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  const middle = parts.slice(1, -1).filter((part) => part !== "");
  return (text) => {
    if (!text.startsWith(first)) return false;
    let at = first.length;
    for (const part of middle) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return text.length - at >= last.length && text.endsWith(last);
  };
};

export const wildcardDocs: OperatorDocs = {
  title: "Wildcards",
  syntax: ["field:begin*", "field:*end", "field:a*b"],
  meaning:
    "A star stands for any text, none included; the rest of the value matches exactly, with case. Numbers and " +
    "booleans match as JSON writes them. A star that is meant goes in quotes or behind a backslash. There is no " +
    "sign for a single character: `?` is a question mark.",
  examples: [
    {
      query: "service:match*",
      finds: [{ service: "matchmaker" }, { service: "match" }],
      misses: [{ service: "Matchmaker" }, { service: "rematch" }, {}],
    },
    { query: "http.status:5*", finds: [{ "http.status": 502 }], misses: [{ "http.status": 450 }] },
    { query: "map:de_*_night*", finds: [{ map: "de_dust_night2" }], misses: [{ map: "de_night" }] },
    { query: 'x:"5*"', finds: [{ x: "5*" }], misses: [{ x: "55" }] },
  ],
};
