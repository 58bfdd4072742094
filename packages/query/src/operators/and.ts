import type { FilterOf } from "../filter.ts";
import type { Compile, OperatorDocs, Predicate, Print } from "./operator.ts";

export const printAnd = (filter: FilterOf<"and">, print: Print): string =>
  filter.filters.map((part) => (part.op === "or" ? `(${print(part)})` : print(part))).join(" ");

export const compileAnd = (filter: FilterOf<"and">, compile: Compile): Predicate => {
  const parts = filter.filters.map(compile);
  return (entry) => {
    for (const part of parts) if (!part(entry)) return false;
    return true;
  };
};

export const andDocs: OperatorDocs = {
  title: "And",
  syntax: ["a b", "a AND b"],
  meaning:
    "Both are met. A space means AND; AND binds tighter than OR, so `a b OR c` means `(a b) OR c`. The word is " +
    "written in capitals: `and` is a word to look for.",
  examples: [
    {
      query: "connection service:gateway",
      finds: [{ message: "connection reset", service: "gateway" }],
      misses: [
        { message: "connection reset", service: "chat" },
        { message: "tick", service: "gateway" },
      ],
    },
  ],
};
