/**
 * Says where a text stops being JSON. `JSON.parse` is what decides; this runs only after it has refused, because its
 * messages repeat the text and often have no position.
 */

import { skipSpace } from "./json-text.ts";

export interface JsonFault {
  /** In UTF-16 units from the beginning of the text. */
  readonly offset: number;
  readonly message: string;
}

/** What is open, one bit a level: a text of 32 MiB may have as many levels. */
class OpenContainers {
  readonly #areObjects: Uint8Array;
  #depth = 0;

  constructor(depthMax: number) {
    this.#areObjects = new Uint8Array((depthMax >> 3) + 1);
  }

  push(isObject: boolean): void {
    const bit = 1 << (this.#depth & 7);
    const byte = this.#areObjects[this.#depth >> 3] ?? 0;
    this.#areObjects[this.#depth >> 3] = isObject ? byte | bit : byte & ~bit;
    this.#depth += 1;
  }

  pop(): void {
    this.#depth -= 1;
  }

  /** What is expected behind a value. */
  afterValue(): Expected {
    if (this.#depth === 0) return "the end";
    const inner = this.#depth - 1;
    const isObject = ((this.#areObjects[inner >> 3] ?? 0) >> (inner & 7)) & 1;
    return isObject ? ", or }" : ", or ]";
  }
}

type Expected =
  | "a value"
  | "a value or ]"
  | "a name in quotes"
  | "a name in quotes or }"
  | ":"
  | ", or ]"
  | ", or }"
  | "the end";

interface Token {
  readonly kind: "{" | "}" | "[" | "]" | ":" | "," | "string" | "scalar" | "end" | "fault";
  readonly end: number;
}

const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null/y;
const escaped = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;

const matchEnd = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
};

/** A "fault" ends where the string stops being one. */
const readString = (text: string, open: number): Token => {
  let at = open + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 34) return { kind: "string", end: at + 1 };
    if (code < 32) break;
    const next = code === 92 ? matchEnd(escaped, text, at) : at + 1;
    if (next < 0) break;
    at = next;
  }
  return { kind: "fault", end: at };
};

const readToken = (text: string, at: number): Token => {
  const first = text.charAt(at);
  switch (first) {
    case "":
      return { kind: "end", end: at };
    case "{":
    case "}":
    case "[":
    case "]":
    case ":":
    case ",":
      return { kind: first, end: at + 1 };
    case '"':
      return readString(text, at);
    default: {
      const end = matchEnd(scalar, text, at);
      return end < 0 ? { kind: "fault", end: at } : { kind: "scalar", end };
    }
  }
};

/** What follows a value that begins with this token; undefined when none does. */
const begin = (kind: Token["kind"], open: OpenContainers): Expected | undefined => {
  if (kind === "string" || kind === "scalar") return open.afterValue();
  if (kind !== "{" && kind !== "[") return undefined;
  open.push(kind === "{");
  return kind === "{" ? "a name in quotes or }" : "a value or ]";
};

/** What may come behind the token; undefined when the token may not come here. Keeps account of what is open. */
const advance = (
  expected: Expected,
  { kind }: Token,
  open: OpenContainers,
): Expected | undefined => {
  if (kind === "}" || kind === "]") {
    if (!expected.endsWith(` or ${kind}`)) return undefined;
    open.pop();
    return open.afterValue();
  }
  switch (expected) {
    case "a value":
    case "a value or ]":
      return begin(kind, open);
    case "a name in quotes":
    case "a name in quotes or }":
      return kind === "string" ? ":" : undefined;
    case ":":
      return kind === ":" ? "a value" : undefined;
    case ", or ]":
      return kind === "," ? "a value" : undefined;
    case ", or }":
      return kind === "," ? "a name in quotes" : undefined;
    case "the end":
      return undefined;
  }
};

const found = (text: string, at: number): string => {
  const code = text.codePointAt(at);
  return code === undefined
    ? "the text ends"
    : `found ${JSON.stringify(String.fromCodePoint(code))}`;
};

/** Finds the first place where the text is not JSON; undefined when it is. */
export const findJsonFault = (text: string): JsonFault | undefined => {
  const open = new OpenContainers(text.length);
  let expected: Expected = "a value";
  let at = skipSpace(text, 0);
  for (;;) {
    const token = readToken(text, at);
    if (token.kind === "end" && expected === "the end") return undefined;
    const next = advance(expected, token, open);
    if (next === undefined) {
      const isString = token.kind === "fault" && token.end > at;
      const what = isString ? "the string is not valid" : `expected ${expected}`;
      const offset = isString ? token.end : at;
      return { offset, message: `${what}, ${found(text, offset)}` };
    }
    expected = next;
    at = skipSpace(text, token.end);
  }
};

/** A place for people: both from 1, columns in UTF-16 units. */
export const describePlace = (text: string, offset: number): string => {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf("\n"); end >= 0 && end < offset; end = text.indexOf("\n", start)) {
    line += 1;
    start = end + 1;
  }
  return `line ${line}, column ${offset - start + 1}`;
};
