import { type Filter, joinAnd, joinOr, normalize, nothing } from "./filter.ts";
import type { Scanner } from "./scanner.ts";

/** How deep parentheses may be nested: the parser, and all that walks a filter, is recursive. */
export const depthMax = 64;

/** What the operators join: the terms of a query, or the values in a field's group. */
export interface Items {
  /** Whether a minus sign before a digit belongs to a number. */
  readonly areValues: boolean;
  /** It is called before text that is neither white space nor AND nor OR nor `)`, and must take some of it. */
  readonly read: (scanner: Scanner, depth: number) => Filter;
}

/** Reads filters joined by AND, by spaces and by OR, up to the end or to a `)` that they do not open. */
export const parseOr = (scanner: Scanner, items: Items, depth: number): Filter => {
  let current: Filter[] = [];
  const alternatives = [current];
  let joint: { keyword: string; from: number } | undefined;
  for (scanner.skipSpace(); !isAtEnd(scanner); scanner.skipSpace()) {
    const keyword = keywordAt(scanner);
    if (keyword === "AND" || keyword === "OR") {
      const from = scanner.at;
      scanner.take("keyword", keyword.length);
      if (joint !== undefined || current.length === 0) {
        scanner.problem(from, `nothing stands before this ${keyword}`, "");
        continue;
      }
      joint = { keyword, from };
      if (keyword === "OR") {
        current = [];
        alternatives.push(current);
      }
      continue;
    }
    current.push(parseUnary(scanner, items, depth));
    joint = undefined;
  }
  if (joint !== undefined) {
    const to = joint.from + joint.keyword.length;
    scanner.problem(joint.from, `nothing stands behind this ${joint.keyword}`, "", to);
  }
  return joinOr(alternatives.map(joinAnd));
};

/** Reads a term with the NOTs and minus signs before it. */
const parseUnary = (scanner: Scanner, items: Items, depth: number): Filter => {
  let isNegated = false;
  for (;;) {
    const from = scanner.at;
    if (keywordAt(scanner) === "NOT") scanner.take("keyword", 3);
    else if (isMinus(scanner, items)) scanner.take("not", 1);
    else break;
    isNegated = !isNegated;
    const sign = scanner.text.slice(from, scanner.at);
    scanner.skipSpace();
    const keyword = keywordAt(scanner);
    if (isAtEnd(scanner) || keyword === "AND" || keyword === "OR") {
      scanner.problem(from, `nothing stands behind this ${sign}`, "", from + sign.length);
      return nothing;
    }
  }
  const filter = items.read(scanner, depth);
  return isNegated ? normalize({ op: "not", filter }) : filter;
};

/** Reads a group from its opening parenthesis. */
export const parseGroup = (scanner: Scanner, items: Items, depth: number): Filter => {
  const from = scanner.at;
  scanner.take("paren", 1);
  if (depth >= depthMax) {
    scanner.problem(from, `parentheses are nested deeper than ${depthMax} levels`);
    scanner.stop();
    return nothing;
  }
  scanner.skipSpace();
  const isEmpty = scanner.peek() === ")";
  const filter = parseOr(scanner, items, depth + 1);
  if (scanner.peek() === ")") {
    scanner.take("paren", 1);
    if (isEmpty) scanner.problem(from, "nothing stands between these parentheses", "");
  } else if (!scanner.isStopped) {
    scanner.problem(from, "a parenthesis is not closed", `${scanner.text.slice(from)})`);
    // The groups around this one are not closed either; one problem says enough.
    scanner.stop();
  }
  return filter;
};

const isAtEnd = (scanner: Scanner): boolean => scanner.isAtEnd() || scanner.peek() === ")";

/** A minus sign negates what it touches; two of them begin a word, as in `--verbose`. */
const isMinus = (scanner: Scanner, items: Items): boolean => {
  if (scanner.peek() !== "-" || scanner.isAtBoundary(1)) return false;
  const next = scanner.peek(1);
  return next !== "-" && !(items.areValues && /[\d.]/.test(next));
};

const keywordAt = (scanner: Scanner): "AND" | "OR" | "NOT" | undefined => {
  const first = scanner.peek();
  if (first !== "A" && first !== "O" && first !== "N") return undefined;
  for (const keyword of ["AND", "OR", "NOT"] as const) {
    const { length } = keyword;
    const isThere = scanner.text.startsWith(keyword, scanner.at);
    if (isThere && (scanner.isAtBoundary(length) || scanner.peek(length) === "(")) return keyword;
  }
  return undefined;
};
