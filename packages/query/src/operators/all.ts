import type { OperatorDocs, Predicate } from "./operator.ts";

export const printAll = (): string => "*";

export const compileAll = (): Predicate => () => true;

export const allDocs: OperatorDocs = {
  title: "Everything",
  syntax: ["*"],
  meaning: "Every entry. An empty query means the same.",
  examples: [{ query: "*", finds: [{ message: "tick" }], misses: [] }],
};
