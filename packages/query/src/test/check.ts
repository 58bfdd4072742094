import { expect } from "vitest";
import { compile } from "../compile.ts";
import { type Filter, normalize } from "../filter.ts";
import type { ExampleEntry } from "../operators/operator.ts";
import { parse } from "../parse.ts";
import { print } from "../print.ts";
import { toEntry } from "./entry.ts";

/** What a filter is printed to has to parse to the same filter, whatever the filter is. */
export const checkStable = (filter: Filter): void => {
  const text = print(filter);
  const again = parse(text, { lengthMax: Number.POSITIVE_INFINITY });
  expect(again.problems).toEqual([]);
  expect(again.filter).toEqual(normalize(filter));
  expect(print(again.filter)).toBe(text);
};

/** Parses a query that has to be right, and returns its filter; JSON keeps it, and printing it is stable. */
export const parsed = (text: string): Filter => {
  const { filter, problems } = parse(text);
  expect(problems, text).toEqual([]);
  expect(JSON.parse(JSON.stringify(filter))).toEqual(filter);
  checkStable(filter);
  return filter;
};

/** Which of the entries a query finds, by their place. */
export const found = (text: string, entries: readonly ExampleEntry[]): readonly number[] => {
  const isMet = compile(parsed(text));
  return entries.flatMap((entry, i) => (isMet(toEntry(entry)) ? [i] : []));
};

/** The problems of a query as "text: message -> suggestion"; a suggestion that replaces the text ends the problem. */
export const problemsOf = (text: string): readonly string[] => {
  const { filter, problems } = parse(text);
  expect(filter).toEqual({ op: "not", filter: { op: "all" } });
  return problems.map(
    ({ from, to, message, suggestion }) =>
      `${text.slice(from, to)}: ${message}${suggestion === undefined ? "" : ` -> ${suggestion}`}`,
  );
};

/** The query after its first problem or hint has been followed. */
export const mended = (text: string): string => {
  const { problems, hints } = parse(text);
  const [first] = [...problems, ...hints];
  expect(first?.suggestion).toBeDefined();
  return text.slice(0, first?.from) + (first?.suggestion ?? "") + text.slice(first?.to);
};
