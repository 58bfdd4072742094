import type { QueryableEntry } from "./entry.ts";
import type { Filter } from "./filter.ts";
import { compileAll } from "./operators/all.ts";
import { compileAnd } from "./operators/and.ts";
import { compileCompare } from "./operators/compare.ts";
import { compileContains } from "./operators/contains.ts";
import { compileEquals } from "./operators/equals.ts";
import { compileExists } from "./operators/exists.ts";
import { compileNot } from "./operators/not.ts";
import type { Predicate } from "./operators/operator.ts";
import { compileOr } from "./operators/or.ts";
import { compileRange } from "./operators/range.ts";
import { compileRegexFilter } from "./operators/regex.ts";
import { compileWildcard } from "./operators/wildcard.ts";
import { createUnicode, type Unicode } from "./regex/index.ts";

/** Makes of a filter the function that says whether an entry meets it: what takes time is done once. */
export const compile = (filter: Filter): Predicate => compileWith(filter, createUnicode());

const compileWith = (filter: Filter, unicode: Unicode): Predicate => {
  const compilePart = (part: Filter) => compileWith(part, unicode);
  switch (filter.op) {
    case "all":
      return compileAll();
    case "and":
      return compileAnd(filter, compilePart);
    case "or":
      return compileOr(filter, compilePart);
    case "not":
      return compileNot(filter, compilePart);
    case "contains":
      return compileContains(filter);
    case "equals":
      return compileEquals(filter);
    case "exists":
      return compileExists(filter);
    case "wildcard":
      return compileWildcard(filter);
    case "regex":
      return compileRegexFilter(filter, unicode);
    case "compare":
      return compileCompare(filter);
    case "range":
      return compileRange(filter);
  }
};

/** Says whether one entry meets a filter; for many entries `compile` is faster. */
export const matches = (filter: Filter, entry: QueryableEntry): boolean => compile(filter)(entry);

/** The fields that a filter looks at, each once, as filters name them; `message` for words and phrases. */
export const fieldsOf = (filter: Filter): readonly string[] => {
  const fields = new Set<string>();
  const collect = (part: Filter): void => {
    if (part.op === "and" || part.op === "or") part.filters.forEach(collect);
    else if (part.op === "not") collect(part.filter);
    else if (part.op === "contains") fields.add("message");
    else if (part.op !== "all") fields.add(part.field);
  };
  collect(filter);
  return [...fields];
};
