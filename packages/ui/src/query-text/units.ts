import { type Filter, parse, type Token, tokenize } from "@log-service/query";

/** A condition that a query is made of, at its top level. Offsets are in UTF-16 units; `to` is exclusive. */
export interface Unit {
  readonly from: number;
  readonly to: number;
  readonly filter: Filter;
}

export interface Units {
  /** What an entry has to meet, each of them; with `isChoice` of several alternatives. */
  readonly units: readonly Unit[];
  readonly isChoice: boolean;
}

interface Walk {
  depth: number;
  isInRange: boolean;
  from: number | undefined;
}

const ending: readonly Token["kind"][] = ["word", "phrase", "regex", "wildcard", "value"];

/** Whether a condition ends with this token, which is counted on the way. */
const endsWith = (walk: Walk, { kind }: Token, text: string): boolean => {
  if (kind === "paren") walk.depth += text === "(" ? 1 : -1;
  if (kind === "bracket") walk.isInRange = text === "[" || text === "{";
  if (walk.depth > 0 || walk.isInRange) return false;
  return kind === "paren" || kind === "bracket" || ending.includes(kind);
};

/** Cuts a query without problems into the conditions at its top level. */
export const unitsOf = (q: string): Units => {
  const walk: Walk = { depth: 0, isInRange: false, from: undefined };
  const units: Unit[] = [];
  let isChoice = false;
  for (const token of tokenize(q)) {
    const text = q.slice(token.from, token.to);
    const isJoint = token.kind === "keyword" && walk.from === undefined && text !== "NOT";
    if (isJoint) {
      isChoice ||= text === "OR";
      continue;
    }
    walk.from ??= token.from;
    if (!endsWith(walk, token, text)) continue;
    const { from } = walk;
    units.push({ from, to: token.to, filter: parse(q.slice(from, token.to)).filter });
    walk.from = undefined;
  }
  return { units, isChoice };
};
