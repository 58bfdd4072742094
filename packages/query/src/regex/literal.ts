import type { Node } from "./node.ts";

/** Text that every match contains: an entry without it need not be looked at further. */
export interface RequiredLiteral {
  readonly text: string;
  /** Whether the ASCII letters of the text may come in either case; everything else is exact. */
  readonly ignoresCase: boolean;
}

interface Letter {
  readonly text: string;
  readonly isFolded: boolean;
}

/** Finds the longest text that every match of a node contains; undefined when there is none. */
export const requiredLiteralOf = (node: Node): RequiredLiteral | undefined => {
  let best: RequiredLiteral | undefined;
  let run: Letter[] = [];
  const end = (): void => {
    const text = run.map((letter) => letter.text).join("");
    if (text.length > (best?.text.length ?? 0)) {
      best = { text, ignoresCase: run.some((letter) => letter.isFolded) };
    }
    run = [];
  };
  const walk = (part: Node): void => {
    if (part.kind === "concat") part.nodes.forEach(walk);
    else if (part.kind === "set") {
      const letter = letterOf(part.ranges);
      if (letter === undefined) end();
      else run.push(letter);
    } else if (part.kind === "repeat") {
      end();
      if (part.min > 0) walk(part.node);
      end();
    } else if (part.kind === "either") end();
  };
  walk(node);
  end();
  return best;
};

/** The one character of a set, or the ASCII letter that it holds in both cases. */
const letterOf = (ranges: readonly number[]): Letter | undefined => {
  const [from = 0, to = 0, second = 0, last = 0] = ranges;
  if (ranges.length === 2 && from === to) {
    return { text: String.fromCodePoint(from), isFolded: false };
  }
  const isPair = ranges.length === 4 && from === to && second === last && second === from + 32;
  const isUpper = from >= 65 && from <= 90;
  return isPair && isUpper ? { text: String.fromCodePoint(second), isFolded: true } : undefined;
};
