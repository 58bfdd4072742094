import { type FilterOf, placeOf } from "@log-service/query";
import { EntrySet } from "../entry-set.ts";
import { isEverywhere } from "../fields.ts";
import { costs, type Operator } from "./operator.ts";

export const prepareExists = ({ field }: FilterOf<"exists">): Operator => {
  const place = placeOf(field);
  const isAlways = isEverywhere(place);
  return {
    verdict: () => (isAlways ? "all" : "some"),
    cost: (chunk) =>
      isAlways || chunk.columnsOf(place).length === 0 ? costs.nothing : costs.numbers,
    select: (chunk, among) => {
      if (isAlways) return among;
      const found = new EntrySet(chunk.count);
      for (const column of chunk.columnsOf(place)) {
        for (const row of chunk.rows(column)) if (among.has(row)) found.add(row);
      }
      return found;
    },
  };
};
