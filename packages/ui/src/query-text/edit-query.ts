import { parse, print } from "@log-service/query";

/** A field and a value that a query can ask for, or exclude. */
export interface Term {
  readonly field: string;
  readonly value: string | number | boolean;
  readonly isExcluded?: boolean;
}

const printTerm = ({ field, value, isExcluded = false }: Term): string => {
  const equals = { op: "equals", field, value: `${value}` } as const;
  return print(isExcluded ? { op: "not", filter: equals } : equals);
};

/** The query with one more condition. What has been written stays as it was written. */
export const withTerm = (q: string, term: Term): string => {
  const text = q.trim();
  if (text === "") return printTerm(term);
  const isChoice = parse(text).filter.op === "or";
  return `${isChoice ? `(${text})` : text} ${printTerm(term)}`;
};
