import type { FilterOf } from "@log-service/query";
import type { Operator, Prepare, Verdict } from "./operator.ts";

const ruledOutBySome = (parts: readonly Operator[]): Operator["isRuledOut"] => {
  const asked = parts.flatMap(({ isRuledOut }) => isRuledOut ?? []);
  return asked.length === 0 ? undefined : (filter) => asked.some((isOut) => isOut(filter));
};

/** Asks the cheapest part first, and each next one of the entries that are left. */
export const prepareAnd = ({ filters }: FilterOf<"and">, prepare: Prepare): Operator => {
  const parts = filters.map(prepare);
  return {
    verdict: (meta): Verdict => {
      let isAll = true;
      for (const part of parts) {
        const verdict = part.verdict(meta);
        if (verdict === "none") return "none";
        if (verdict === "some") isAll = false;
      }
      return isAll ? "all" : "some";
    },
    isRuledOut: ruledOutBySome(parts),
    cost: (chunk) => Math.max(0, ...parts.map((part) => part.cost(chunk))),
    select: (chunk, among) => {
      const byCost = parts
        .map((part) => ({ part, cost: part.cost(chunk) }))
        .sort((a, b) => a.cost - b.cost);
      let left = among;
      for (const { part } of byCost) {
        if (left.size === 0) break;
        left = part.select(chunk, left);
      }
      return left;
    },
  };
};
