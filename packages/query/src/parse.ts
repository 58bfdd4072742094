import { all, type Filter, joinAnd, nothing } from "./filter.ts";
import { parseOr } from "./grammar.ts";
import { type Problem, Scanner, type Token } from "./scanner.ts";
import { terms } from "./terms.ts";

/** The most characters, in UTF-16 units, that a query has. */
export const queryLengthMax = 4096;

export interface ParsedQuery {
  /** What the text means; when it has a problem, a filter that no entry meets. */
  readonly filter: Filter;
  /** What has no meaning; at most 20. A query with problems should not run. */
  readonly problems: readonly Problem[];
  /** What has a meaning, but perhaps not the one that was meant; at most 20. */
  readonly hints: readonly Problem[];
}

export interface ParseOptions {
  /** Printed filters can be longer than what they were parsed from; who reads those again sets this. */
  readonly lengthMax?: number | undefined;
}

/** Parses the text of a query. Never throws; takes time proportional to the length of the text. */
export const parse = (text: string, options: ParseOptions = {}): ParsedQuery => {
  const { filter, problems, hints } = scan(text, options);
  return { filter: problems.length > 0 ? nothing : filter, problems, hints };
};

/** Cuts the text of a query into tokens, for colours; white space lies between them. */
export const tokenize = (text: string): readonly Token[] => scan(text, {}).tokens;

/** What the parser finds, and how it found it. */
interface Scan {
  readonly filter: Filter;
  readonly problems: readonly Problem[];
  readonly hints: readonly Problem[];
  readonly tokens: readonly Token[];
  readonly steps: number;
}

export const scan = (text: string, options: ParseOptions): Scan => {
  const lengthMax = options.lengthMax ?? queryLengthMax;
  const scanner = new Scanner(text);
  if (text.length > lengthMax) {
    const message = `the query is ${text.length} characters long; the limit is ${lengthMax}`;
    scanner.stop();
    scanner.problem(lengthMax, message);
    return { ...scanner, filter: all };
  }
  const filters = [parseOr(scanner, terms, 0)];
  while (!scanner.isAtEnd()) {
    // The only thing that ends it before the end of the text is a parenthesis that nothing opened.
    scanner.take("error", 1);
    scanner.problem(scanner.at - 1, "nothing opens this parenthesis", "");
    filters.push(parseOr(scanner, terms, 0));
  }
  return { ...scanner, filter: joinAnd(filters) };
};
