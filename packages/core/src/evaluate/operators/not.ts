import type { FilterOf } from "@log-service/query";
import type { Operator, Prepare, Verdict } from "./operator.ts";

const opposite: Readonly<Record<Verdict, Verdict>> = { all: "none", none: "all", some: "some" };

export const prepareNot = ({ filter }: FilterOf<"not">, prepare: Prepare): Operator => {
  const inner = prepare(filter);
  return {
    verdict: (meta) => opposite[inner.verdict(meta)],
    cost: (chunk) => inner.cost(chunk),
    select: (chunk, among) => among.without(inner.select(chunk, among)),
  };
};
