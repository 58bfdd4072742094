import { lowerAscii } from "./lower-ascii.ts";

/** Whether `text` has `part` of the needle, from `from` to before `to`, at `at`. ASCII letters without case. */
const hasAt = (text: string, at: number, needle: string, from: number, to: number): boolean =>
  at >= 0 && to - from <= text.length - at && text.startsWith(needle.slice(from, to), at);

/** Whether the needle can begin in the literal and go on in the slot behind it. */
const canLeave = (literal: string, needle: string): boolean => {
  for (let length = Math.min(literal.length, needle.length - 1); length > 0; length--) {
    if (hasAt(literal, literal.length - length, needle, 0, length)) return true;
  }
  return false;
};

/** Whether the needle can begin in the slot before the literal and end in the literal. */
const canEnter = (literal: string, needle: string): boolean => {
  for (let length = Math.min(literal.length, needle.length - 1); length > 0; length--) {
    if (hasAt(literal, 0, needle, needle.length - length, needle.length)) return true;
  }
  return false;
};

/** Whether the needle can begin in the slot before the literal and go on in the slot behind it. */
const canSpan = (literal: string, needle: string): boolean =>
  needle.length >= literal.length + 2 && needle.slice(1, -1).includes(literal);

/** What is known of one literal and one needle. */
interface LiteralFacts {
  readonly contains: boolean;
  readonly canLeave: boolean;
  readonly canEnter: boolean;
  readonly canSpan: boolean;
}

const factsOf = (literal: string, needle: string): LiteralFacts => {
  const lower = lowerAscii(literal);
  return {
    contains: lower.includes(needle),
    canLeave: canLeave(lower, needle),
    canEnter: canEnter(lower, needle),
    canSpan: canSpan(lower, needle),
  };
};

/**
 * Where the messages of a template can have a text, by what its literals are: in a literal, and then all do; across
 * the border of a slot, whatever it holds; or inside of a slot only. Most words cannot lie across a border: they
 * neither begin nor end as the literals around a slot do.
 */
export type PlacesIn = (literals: readonly string[]) => "literal" | "border" | "slot";

/** How many literals a search remembers; the chunks of one program have the same few hundred. */
const rememberedMax = 2000;

/** Creates the search for a text with its ASCII letters in lower case. */
export const createTemplateSearch = (needle: string): PlacesIn => {
  const remembered = new Map<string, LiteralFacts>();
  const recall = (literal: string): LiteralFacts => {
    const known = remembered.get(literal);
    if (known !== undefined) return known;
    const facts = factsOf(literal, needle);
    if (remembered.size >= rememberedMax) remembered.clear();
    remembered.set(literal, facts);
    return facts;
  };
  return (literals) => {
    const last = literals.length - 1;
    let isAtBorder = false;
    for (let index = 0; index <= last; index++) {
      const facts = recall(literals[index]!);
      if (facts.contains) return "literal";
      const enters = index > 0 && (facts.canEnter || (index < last && facts.canSpan));
      if (enters || (index < last && facts.canLeave)) isAtBorder = true;
    }
    return isAtBorder ? "border" : "slot";
  };
};
