import { readerOf } from "../entry.ts";
import { type Filter, type FilterOf, nothing } from "../filter.ts";
import { compileRegex, parseRegex, type Unicode } from "../regex/index.ts";
import type { Scanner } from "../scanner.ts";
import { printField } from "../text.ts";
import type { OperatorDocs, Predicate } from "./operator.ts";

/** How many expressions a query may hold: each takes memory of its own while it runs. */
export const regexesMax = 10;

/** A path is not taken for an expression, as in `/api/v1/users`. */
const path = /^[\p{L}\p{N}_./%@:,;=~+-]*/u;

/**
 * Reads an expression from its opening slash; undefined, with nothing taken, when the text is a path. The slash that
 * closes it is followed by white space, a parenthesis or the end; one that is meant is written `\/`.
 */
export const parseRegexTerm = (scanner: Scanner, field: string): Filter | undefined => {
  const from = scanner.at;
  const close = findSlash(scanner.text, from + 1);
  const isClosed = close > from + 1 && isTermEnd(scanner.text, close + 1);
  if (!isClosed && isPath(scanner.text, from)) {
    hintFlag(scanner, from, close);
    return undefined;
  }
  scanner.at = close < 0 ? scanner.text.length : close + 1;
  if (!isClosed) {
    scanner.token("error", from);
    reportUnclosed(scanner, from, close);
    return nothing;
  }
  scanner.token("regex", from);
  scanner.regexes++;
  if (scanner.regexes > regexesMax) {
    scanner.problem(from, `more than ${regexesMax} regular expressions in one query`);
    return nothing;
  }
  const pattern = scanner.text
    .slice(from + 1, close)
    .replace(/\\[\s\S]/g, (pair) => (pair === "\\/" ? "/" : pair));
  const parsed = parseRegex(pattern, scanner.unicode);
  if (parsed.problem === undefined) return { op: "regex", field, pattern };
  scanner.problem(from, `the regular expression has no meaning: ${parsed.problem}`);
  return nothing;
};

/** `/abc/i`, as other languages write it. */
const hintFlag = (scanner: Scanner, from: number, close: number): void => {
  const { text } = scanner;
  if (close <= from + 1 || text[close + 1] !== "i" || !isTermEnd(text, close + 2)) return;
  const message = "this is a path; a regular expression ignores case by (?i) in it";
  scanner.hint(from, message, `/(?i)${text.slice(from + 1, close + 1)}`, close + 2);
};

const reportUnclosed = (scanner: Scanner, from: number, close: number): void => {
  const raw = scanner.text.slice(from, scanner.at);
  if (close < 0) {
    scanner.problem(from, "a regular expression is not closed", `${raw}/`);
  } else if (close === from + 1) {
    scanner.problem(from, "a regular expression is empty", "");
  } else {
    const message = "a slash in a regular expression is written \\/, and a space stands behind it";
    scanner.problem(from, message, `${raw.slice(0, -1)}\\/`);
  }
};

/** Where the next slash without a backslash is, or -1. */
const findSlash = (text: string, from: number): number => {
  for (let at = from; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "/") return at;
  }
  return -1;
};

const isTermEnd = (text: string, at: number): boolean =>
  at >= text.length || /[\s)]/.test(text[at] ?? "");

const isPath = (text: string, from: number): boolean =>
  isTermEnd(text, from + (path.exec(text.slice(from))?.[0].length ?? 0));

export const printRegex = (filter: FilterOf<"regex">): string => {
  const pattern = filter.pattern.replace(/\\[\s\S]|\//g, (found) =>
    found === "/" ? "\\/" : found,
  );
  const expression = `/${pattern === "" ? "(?:)" : pattern}/`;
  return filter.field === "message" ? expression : `${printField(filter.field)}:${expression}`;
};

export const compileRegexFilter = (filter: FilterOf<"regex">, unicode: Unicode): Predicate => {
  const regex = compileRegex(filter.pattern, unicode);
  if (filter.field === "message") return (entry) => regex.test(entry.message);
  const read = readerOf(filter.field);
  return (entry) => {
    const value = read(entry);
    return value !== undefined && regex.test(String(value));
  };
};

export const regexDocs: OperatorDocs = {
  title: "Regular expressions",
  syntax: ["/expression/", "field:/expression/"],
  meaning:
    "The expression matches somewhere in the message, or in the value of the field; `^` and `$` tie it to the ends. " +
    "The syntax is that of RE2 (no back-references, no look-around), and it runs in linear time. It minds case; " +
    "`(?i)` at its beginning does not. A slash in it is written `\\/`; a path like `/api/users` is a word.",
  examples: [
    {
      query: "/time(d )?out/",
      finds: [{ message: "a timeout" }, { message: "it timed out" }],
      misses: [{ message: "Timeout" }, { message: "time is out" }],
    },
    {
      query: "/(?i)^lost \\d+/",
      finds: [{ message: "Lost 12" }],
      misses: [{ message: "we lost 1" }],
    },
    {
      query: "service:/^(chat|match)/",
      finds: [{ service: "chat-eu" }],
      misses: [{ service: "rematch" }, {}],
    },
    {
      query: "/api/users",
      finds: [{ message: "GET /api/users 200" }],
      misses: [{ message: "api" }],
    },
  ],
};
