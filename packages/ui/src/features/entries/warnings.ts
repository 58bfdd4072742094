import type { Warning } from "@log-service/sdk";

interface Answer {
  readonly warnings?: readonly Warning[];
}

/** What the answers warn of, each thing once. That a budget ran out is shown as progress. */
export const warningsOf = (answers: readonly Answer[]): readonly string[] => {
  const warnings = answers.flatMap((answer) => answer.warnings ?? []);
  const told = warnings.filter(({ code }) => code !== "BUDGET_SPENT");
  return [...new Set(told.map(({ message }) => message))];
};
