import type { Unicode } from "./unicode.ts";

export interface Flags {
  readonly ignoresCase: boolean;
  readonly isMultiline: boolean;
  readonly dotIsAll: boolean;
}

const controls: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };

/** A place in a pattern, and the flags that hold there. */
export class PatternReader {
  readonly text: string;
  at = 0;
  /** The first one; the rest of the pattern is not looked at. */
  problem: string | undefined;
  readonly unicode: Unicode;
  /** The names of groups so far. */
  readonly groupNames = new Set<string>();
  flags: Flags = { ignoresCase: false, isMultiline: false, dotIsAll: false };

  constructor(text: string, unicode: Unicode) {
    this.text = text;
    this.unicode = unicode;
  }

  fail(problem: string): void {
    this.problem ??= problem;
    this.at = this.text.length;
  }

  isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  peek(): string {
    return this.text[this.at] ?? "";
  }

  rest(): string {
    return this.text.slice(this.at);
  }

  skip(length: number): void {
    this.at += length;
  }

  /** Takes one code point. */
  take(): number {
    const codePoint = this.text.codePointAt(this.at) ?? 0;
    this.at += codePoint > 0xffff ? 2 : 1;
    return codePoint;
  }

  takeIf(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** Takes what a pattern that begins with `^` matches, and returns its first group. */
  takeMatch(pattern: RegExp): string | undefined {
    const found = pattern.exec(this.rest());
    if (found === null) return undefined;
    this.at += found[0].length;
    return found[1] ?? "";
  }

  /** Takes the text up to `end`, and `end`; up to the end of the pattern where there is none. */
  takeUntil(end: string): string {
    const found = this.text.indexOf(end, this.at);
    const text = this.text.slice(this.at, found < 0 ? undefined : found);
    this.at = found < 0 ? this.text.length : found + end.length;
    return text;
  }

  /** Takes a backslash and what it stands for: one code point. */
  takeEscape(): number {
    const hex = this.takeMatch(/^\\x([0-9A-Fa-f]{2}|\{[0-9A-Fa-f]{1,6}\})/);
    if (hex !== undefined) {
      const codePoint = Number.parseInt(hex.replace("{", ""), 16);
      if (codePoint > 0x10ffff) this.fail(`no such character: \\x${hex}`);
      return codePoint;
    }
    const octal = this.takeMatch(/^\\([1-7][0-7]{1,2}|0[0-7]{0,2})/);
    if (octal !== undefined) return Number.parseInt(octal, 8);
    this.at++;
    const next = this.peek();
    if (next === "") this.fail("a backslash at the end");
    else if (Object.hasOwn(controls, next)) {
      this.at++;
      return controls[next] ?? 0;
    } else if (/[A-Za-z0-9]/.test(next)) this.fail(`\\${next} is unknown in RE2`);
    return this.take();
  }
}
