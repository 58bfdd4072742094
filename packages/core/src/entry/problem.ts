import type { ErrorCode, Problem } from "../errors.ts";
import { ExactNumber } from "./exact-number.ts";

/** How much of a value that was sent comes back in a message, in characters. */
const quotedLength = 40;

/** A path in a problem is cut here: names have a limit, but the names that break it do not. */
const pathLength = 200;

/** How many problems of one entry are listed; more can be packed into an entry than an answer should repeat. */
export const problemsListed = 100;

/** What was found in one entry while it was read. */
export interface Findings {
  readonly problems: Problem[];
  /** How many problems there are; it goes on counting where the list ends. */
  total: number;
  /** A number was zero, tiny or huge, as the rest of one is that a double could not hold. */
  hasExtremeNumber: boolean;
}

export const createFindings = (): Findings => ({
  problems: [],
  total: 0,
  hasExtremeNumber: false,
});

export const addProblem = (
  findings: Findings,
  path: string,
  code: ErrorCode,
  message: string,
): void => {
  findings.total += 1;
  if (findings.problems.length >= problemsListed) return;
  const cut = path.length > pathLength ? `${path.slice(0, pathLength)}...` : path;
  findings.problems.push({ path: cut, code, message });
};

/** The beginning of a string that was sent, as JSON, so that nothing in it can break a log or a terminal. */
export const quote = (text: string): string =>
  text.length > quotedLength
    ? `${JSON.stringify(text.slice(0, quotedLength))}...`
    : JSON.stringify(text);

/** A value that was sent, in few words: scalars themselves, the rest by kind. */
export const describe = (value: unknown): string => {
  if (typeof value === "string") return quote(value);
  if (value instanceof ExactNumber) {
    const { digits } = value;
    return digits.length > quotedLength ? `${digits.slice(0, quotedLength)}...` : digits;
  }
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" && value !== null ? "an object" : String(value);
};
