import type { FilterOf } from "../filter.ts";
import type { Compile, OperatorDocs, Predicate, Print } from "./operator.ts";

export const printOr = (filter: FilterOf<"or">, print: Print): string =>
  filter.filters.map(print).join(" OR ");

export const compileOr = (filter: FilterOf<"or">, compile: Compile): Predicate => {
  const parts = filter.filters.map(compile);
  return (entry) => {
    for (const part of parts) if (part(entry)) return true;
    return false;
  };
};

export const orDocs: OperatorDocs = {
  title: "Or, and groups",
  syntax: ["a OR b", "( ... )", "field:(a OR b)"],
  meaning:
    "At least one is met. Parentheses group. Behind a field and its colon they hold values of that field: " +
    "`service:(chat OR gateway)` is `service:chat OR service:gateway`. There `-5` is a number, not a NOT.",
  examples: [
    {
      query: "crash OR (timeout service:chat)",
      finds: [{ message: "crash in tick" }, { message: "timeout", service: "chat" }],
      misses: [{ message: "timeout", service: "gateway" }],
    },
    {
      query: "http.status:(404 OR >=500)",
      finds: [{ "http.status": 404 }, { "http.status": 502 }],
      misses: [{ "http.status": 200 }, {}],
    },
  ],
};
