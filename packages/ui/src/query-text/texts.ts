import { type Filter, parse } from "@log-service/query";

/** The words and phrases that a filter looks for in messages; what it excludes is in none. */
export const textsOf = (filter: Filter): readonly string[] => {
  if (filter.op === "contains") return [filter.text];
  if (filter.op === "and" || filter.op === "or")
    return [...new Set(filter.filters.flatMap(textsOf))];
  return [];
};

/** The words and phrases that a query looks for in messages. */
export const termsOf = (q: string): readonly string[] => textsOf(parse(q).filter);
