import { type Filter, normalize } from "./filter.ts";
import { printAll } from "./operators/all.ts";
import { printAnd } from "./operators/and.ts";
import { printCompare } from "./operators/compare.ts";
import { printContains } from "./operators/contains.ts";
import { printEquals } from "./operators/equals.ts";
import { printExists } from "./operators/exists.ts";
import { printNot } from "./operators/not.ts";
import { printOr } from "./operators/or.ts";
import { printRange } from "./operators/range.ts";
import { printRegex } from "./operators/regex.ts";
import { printWildcard } from "./operators/wildcard.ts";

/**
 * Writes a filter as a query that parses to it: the same text for filters that differ only in how they are nested.
 * It can be longer than a query may be, and what the parser refuses (a severity that none is, an expression without
 * meaning) is written as it stands.
 */
export const print = (filter: Filter): string => printNormal(normalize(filter));

const printNormal = (filter: Filter): string => {
  switch (filter.op) {
    case "all":
      return printAll();
    case "and":
      return printAnd(filter, printNormal);
    case "or":
      return printOr(filter, printNormal);
    case "not":
      return printNot(filter, printNormal);
    case "contains":
      return printContains(filter);
    case "equals":
      return printEquals(filter);
    case "exists":
      return printExists(filter);
    case "wildcard":
      return printWildcard(filter);
    case "regex":
      return printRegex(filter);
    case "compare":
      return printCompare(filter);
    case "range":
      return printRange(filter);
  }
};
