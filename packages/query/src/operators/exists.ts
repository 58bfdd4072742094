import { readerOf } from "../entry.ts";
import type { FilterOf } from "../filter.ts";
import { printField } from "../text.ts";
import type { OperatorDocs, Predicate } from "./operator.ts";

export const printExists = (filter: FilterOf<"exists">): string => `${printField(filter.field)}:*`;

export const compileExists = (filter: FilterOf<"exists">): Predicate => {
  const read = readerOf(filter.field);
  return (entry) => read(entry) !== undefined;
};

export const existsDocs: OperatorDocs = {
  title: "A field is there",
  syntax: ["field:*"],
  meaning: "The entry has the field, whatever its value; an empty string is a value.",
  examples: [
    {
      query: "player_id:*",
      finds: [{ player_id: "p-81" }, { player_id: "" }, { player_id: 0 }],
      misses: [{ message: "player_id" }],
    },
    { query: "-traceId:*", finds: [{ message: "tick" }], misses: [{ traceId: "5b8e" }] },
  ],
};
