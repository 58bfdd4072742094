import type { FilterOf } from "@log-service/query";
import { EntrySet } from "../entry-set.ts";
import type { Operator, Prepare, Verdict } from "./operator.ts";

const ruledOutByAll = (parts: readonly Operator[]): Operator["isRuledOut"] => {
  const asked = parts.flatMap(({ isRuledOut }) => isRuledOut ?? []);
  if (asked.length < parts.length) return undefined;
  return (filter) => asked.every((isOut) => isOut(filter));
};

/** Asks the cheapest part first, and each next one of the entries that none has found yet. */
export const prepareOr = ({ filters }: FilterOf<"or">, prepare: Prepare): Operator => {
  const parts = filters.map(prepare);
  return {
    verdict: (meta): Verdict => {
      let isNone = true;
      for (const part of parts) {
        const verdict = part.verdict(meta);
        if (verdict === "all") return "all";
        if (verdict === "some") isNone = false;
      }
      return isNone ? "none" : "some";
    },
    isRuledOut: ruledOutByAll(parts),
    cost: (chunk) => Math.max(0, ...parts.map((part) => part.cost(chunk))),
    select: (chunk, among) => {
      const byCost = parts
        .map((part) => ({ part, cost: part.cost(chunk) }))
        .sort((a, b) => a.cost - b.cost);
      const found = new EntrySet(among.bits.length);
      let left = among;
      for (const { part } of byCost) {
        if (left.size === 0) break;
        const more = part.select(chunk, left);
        if (more.size === 0) continue;
        found.addAll(more);
        left = left.without(more);
      }
      return found;
    },
  };
};
