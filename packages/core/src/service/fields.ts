import type { Filter } from "@log-service/query";
import type { AttributeValue } from "../entry/entry.ts";
import { createFieldsTally, type ValueType } from "../scan/fields-tally.ts";
import type { FieldsTask, ValuesTask } from "../scan/task.ts";
import { createValuesTally } from "../scan/values-tally.ts";
import { scanTally } from "./scan-tally.ts";
import type { SearchDeps } from "./search.ts";
import { collectWarnings, type Warning } from "./warning.ts";

export interface RangeRequest {
  readonly filter: Filter;
  /** Milliseconds since 1970: from inclusive, to exclusive. */
  readonly from: number;
  readonly to: number;
  readonly signal?: AbortSignal | undefined;
}

export interface FieldSummary {
  /** As a query names it. */
  readonly name: string;
  /** Entries by the type of the value. */
  readonly types: Partial<Record<ValueType, number>>;
  readonly count: number;
  /** How many different values there are, when it was asked for; undefined of the message. */
  readonly distinct: number | undefined;
}

export interface FieldsRequest extends RangeRequest {
  /** Whether different values are counted: then all values are read, where otherwise a chunk's directory is enough. */
  readonly isDistinct?: boolean;
}

export interface Fields {
  /** The most frequent first. */
  readonly fields: readonly FieldSummary[];
  readonly isComplete: boolean;
  readonly warnings: readonly Warning[];
}

const budgetWarning: Warning = {
  code: "BUDGET_SPENT",
  message: "the budget ran out before the whole range was read; the newest part is counted",
};

/** Counts which fields entries have. */
export const fields = async (
  deps: SearchDeps,
  tenant: string,
  { filter, isDistinct = false, ...range }: FieldsRequest,
): Promise<Fields> => {
  const { warnings, onDamage } = collectWarnings(deps, tenant);
  const { signal, from, to } = range;
  const task: FieldsTask = { kind: "fields", filter, from, to, isDistinct };
  const tally = createFieldsTally(task);
  const plan = { tenant, order: "newest" as const, signal, onDamage };
  const { isComplete } = await scanTally(deps, plan, task, tally);
  if (!isComplete) warnings.push(budgetWarning);
  const { types: byName, distinct } = tally.counts;
  const summaries = [...byName].map(([name, types]) => ({
    name,
    types: Object.fromEntries(types),
    count: [...types.values()].reduce((sum, count) => sum + count, 0),
    distinct: distinct.get(name)?.count,
  }));
  summaries.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return { fields: summaries, isComplete, warnings };
};

export interface FieldValuesRequest extends RangeRequest {
  readonly name: string;
  /** How many values: >= 1. */
  readonly limit: number;
}

export interface FieldValues {
  readonly name: string;
  /** The most frequent first. */
  readonly values: readonly { readonly value: AttributeValue; readonly count: number }[];
  /** How many entries have one of the values that are not listed. */
  readonly otherCount: number;
  /** How many different values there are: exactly up to 200,000, within 8 % beyond. */
  readonly distinct: number;
  readonly isComplete: boolean;
  readonly warnings: readonly Warning[];
}

/** Counts the values of one field. */
export const fieldValues = async (
  deps: SearchDeps,
  tenant: string,
  { filter, name, limit, ...range }: FieldValuesRequest,
): Promise<FieldValues> => {
  const { warnings, onDamage } = collectWarnings(deps, tenant);
  const { signal, from, to } = range;
  const task: ValuesTask = { kind: "values", filter, from, to, name };
  const tally = createValuesTally(task);
  const plan = { tenant, order: "newest" as const, signal, onDamage };
  const { isComplete } = await scanTally(deps, plan, task, tally);
  if (!isComplete) warnings.push(budgetWarning);
  const { counts, many } = tally.values;
  let { otherCount } = tally.values;
  const sorted = [...counts].sort(
    ([a, { count: ofA }], [b, { count: ofB }]) => ofB - ofA || (a < b ? -1 : 1),
  );
  for (const [, { count }] of sorted.slice(limit)) otherCount += count;
  return {
    name,
    values: sorted.slice(0, limit).map(([, one]) => one),
    otherCount,
    distinct: many?.count ?? counts.size,
    isComplete,
    warnings,
  };
};
