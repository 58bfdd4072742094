import { createUnicode } from "./regex/index.ts";
import { isEscapable } from "./text.ts";

/** Something in a query that has no meaning. Offsets are in UTF-16 units; `to` is exclusive. */
export interface Problem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  /** What to put in place of the text from `from` to `to`; empty means to leave it out. */
  readonly suggestion?: string;
}

export type TokenKind =
  | "word"
  | "phrase"
  | "regex"
  | "field"
  | "colon"
  | "value"
  | "wildcard"
  | "comparison"
  | "bracket"
  | "keyword"
  | "not"
  | "paren"
  | "error";

/** A piece of a query, for colours and completion. Tokens are in order and do not overlap. */
export interface Token {
  readonly kind: TokenKind;
  readonly from: number;
  readonly to: number;
}

/** Text without quotes. `parts` are the texts between its unescaped stars; one part where there is none. */
export interface Bare {
  readonly from: number;
  readonly to: number;
  readonly raw: string;
  readonly parts: readonly string[];
}

const space = /\s/;

/** More than a person reads; a hostile text has thousands. */
const problemsMax = 20;

/** A place in a query's text, and what has been found before it. */
export class Scanner {
  readonly text: string;
  readonly tokens: Token[] = [];
  readonly problems: Problem[] = [];
  readonly hints: Problem[] = [];
  at = 0;
  /** How many regular expressions have been read, and the tables that they share. */
  regexes = 0;
  readonly unicode = createUnicode();
  isStopped = false;
  /** How many characters have been looked at, again and again included; the tests bound it. */
  steps = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The character here or further on; empty behind the end. */
  peek(ahead = 0): string {
    this.steps++;
    return this.text[this.at + ahead] ?? "";
  }

  isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Whether a term ends here: at white space, a closing parenthesis or the end. */
  isAtBoundary(ahead = 0): boolean {
    const next = this.peek(ahead);
    return next === "" || next === ")" || space.test(next);
  }

  skipSpace(): void {
    while (!this.isAtEnd() && space.test(this.peek())) this.at++;
  }

  token(kind: TokenKind, from: number): void {
    if (this.at > from) this.tokens.push({ kind, from, to: this.at });
  }

  /** Takes `length` characters as one token. */
  take(kind: TokenKind, length: number): void {
    this.at += length;
    this.token(kind, this.at - length);
  }

  /** Gives up: what follows is not looked at. */
  stop(): void {
    const from = this.at;
    this.at = this.text.length;
    this.token("error", from);
    this.isStopped = true;
  }

  problem(from: number, message: string, suggestion?: string, to = this.at): void {
    if (this.problems.length >= problemsMax) return;
    const problem = { from, to, message };
    this.problems.push(suggestion === undefined ? problem : { ...problem, suggestion });
  }

  hint(from: number, message: string, suggestion: string, to = this.at): void {
    if (this.hints.length >= problemsMax) return;
    this.hints.push({ from, to, message, suggestion });
  }

  /** Reads text without quotes, up to white space, a parenthesis, a quote or one of `stops`. */
  readBare(stops = ""): Bare {
    const from = this.at;
    const parts = [""];
    for (let next = this.peek(); next !== ""; next = this.peek()) {
      if (space.test(next) || next === "(" || next === ")" || next === '"') break;
      if (stops.includes(next)) break;
      const isEscape = next === "\\" && isEscapable(this.peek(1));
      if (isEscape) this.at++;
      if (next === "*") parts.push("");
      else parts.push((parts.pop() ?? "") + this.text[this.at]);
      this.at++;
    }
    return { from, to: this.at, raw: this.text.slice(from, this.at), parts };
  }

  /** Reads quoted text from its opening quote; undefined, with a problem, when nothing closes it. */
  readQuoted(): string | undefined {
    const from = this.at;
    let text = "";
    for (this.at++; !this.isAtEnd(); this.at++) {
      const next = this.peek();
      if (next === '"') {
        this.at++;
        return text;
      }
      const after = next === "\\" ? this.peek(1) : "";
      if (after === '"' || after === "\\") this.at++;
      text += this.text[this.at];
    }
    const raw = this.text.slice(from);
    const isEscaped = raw.endsWith('\\"') && !raw.endsWith('\\\\"');
    this.problem(from, "a quote is not closed", isEscaped ? undefined : `${raw}"`);
    return undefined;
  }
}
