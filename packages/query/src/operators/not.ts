import type { FilterOf } from "../filter.ts";
import type { Compile, OperatorDocs, Predicate, Print } from "./operator.ts";

export const printNot = (filter: FilterOf<"not">, print: Print): string => {
  const isCompound = filter.filter.op === "and" || filter.filter.op === "or";
  return isCompound ? `-(${print(filter.filter)})` : `-${print(filter.filter)}`;
};

export const compileNot = (filter: FilterOf<"not">, compile: Compile): Predicate => {
  const inner = compile(filter.filter);
  return (entry) => !inner(entry);
};

export const notDocs: OperatorDocs = {
  title: "Not",
  syntax: ["-a", "NOT a"],
  meaning:
    "Exactly the entries that `a` does not find, so those without the field too. The minus sign touches what it " +
    'negates; to look for a text that begins with one, put it in quotes: `"-5"`.',
  examples: [
    {
      query: "timeout -service:chat",
      finds: [{ message: "timeout", service: "gateway" }, { message: "timeout" }],
      misses: [{ message: "timeout", service: "chat" }],
    },
    {
      query: "NOT (debug OR trace)",
      finds: [{ message: "tick" }],
      misses: [{ message: "trace of tick" }],
    },
  ],
};
