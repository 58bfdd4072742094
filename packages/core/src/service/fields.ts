import { builtInFields, type Filter, placeOf } from "@log-service/query";
import { createDistinct, type Distinct } from "../aggregate/distinct.ts";
import { keyOf, visitValues } from "../aggregate/field-values.ts";
import type { Column } from "../chunk/column.ts";
import type { ChunkReader } from "../chunk/decode.ts";
import { fieldCodes } from "../chunk/layout.ts";
import type { AttributeValue } from "../entry/entry.ts";
import { createChunkData } from "../evaluate/chunk-data.ts";
import type { EntrySet } from "../evaluate/entry-set.ts";
import { createEvaluator } from "../evaluate/evaluate.ts";
import type { Damage } from "../store.ts";
import { scanRange } from "./scan-range.ts";
import type { SearchDeps } from "./search.ts";
import { damageWarning, type Warning, warningsMax } from "./warning.ts";

export interface RangeRequest {
  readonly filter: Filter;
  /** Milliseconds since 1970: from inclusive, to exclusive. */
  readonly from: number;
  readonly to: number;
  readonly signal?: AbortSignal | undefined;
}

type ValueType = Column["type"];

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

/** So many different values of a field are counted exactly: with thousands of fields it adds up. */
const exactMax = 128;

export interface Fields {
  /** The most frequent first. */
  readonly fields: readonly FieldSummary[];
  readonly isComplete: boolean;
  readonly warnings: readonly Warning[];
}

/** So many different names are counted; a sender that puts ids into names makes more. */
const namesMax = 10_000;

const budgetWarning: Warning = {
  code: "BUDGET_SPENT",
  message: "the budget ran out before the whole range was read; the newest part is counted",
};

/** Runs a scan from the newest entries on, and collects what is to be said of it. */
export const collectWarnings = (deps: SearchDeps, tenant: string) => {
  const warnings: Warning[] = [];
  const onDamage = (damage: Damage) => {
    if (warnings.length < warningsMax) warnings.push(damageWarning(damage));
    deps.onDamage({ ...damage, tenant });
  };
  return { warnings, onDamage };
};

/** The name of a column as a query writes it: `attributes.` where the bare name would lead elsewhere. */
const nameOf = ({ field, name }: Column): string => {
  if (field !== fieldCodes.attribute) {
    const found = Object.entries(fieldCodes).find(([, code]) => code === field);
    return found?.[0] ?? "";
  }
  const isPlain = !(builtInFields as readonly string[]).includes(name);
  return isPlain && !name.startsWith("attributes.") ? name : `attributes.${name}`;
};

/** Counts which fields entries have. Where a whole chunk matches, its directory is all that is read of it. */
export const fields = async (
  deps: SearchDeps,
  tenant: string,
  { filter, isDistinct = false, ...range }: FieldsRequest,
): Promise<Fields> => {
  const { warnings, onDamage } = collectWarnings(deps, tenant);
  const byName = new Map<string, Map<ValueType, number>>();
  const add = (name: string, type: ValueType, count: number) => {
    if (count === 0) return;
    const types = byName.get(name) ?? new Map<ValueType, number>();
    if (types.size === 0 && byName.size >= namesMax) return;
    types.set(type, (types.get(type) ?? 0) + count);
    byName.set(name, types);
  };
  const distinct = new Map<string, Distinct>();
  const addValues = (reader: ChunkReader, matching: EntrySet) => {
    const chunk = createChunkData(reader);
    for (const name of new Set(["severity", ...reader.columns().map(nameOf)])) {
      if (!byName.has(name)) continue;
      const counted = distinct.get(name) ?? createDistinct(exactMax);
      distinct.set(name, counted);
      visitValues(chunk, placeOf(name), matching, (value) => counted.add(keyOf(value)));
    }
  };
  const plan = {
    ...range,
    tenant,
    evaluator: createEvaluator(filter),
    order: "newest" as const,
    signal: range.signal,
    onDamage,
  };
  const { isComplete } = await scanRange(deps, plan, async ({ read }) => {
    const { reader, matching } = await read();
    if (matching.size === 0) return;
    add("severity", "string", matching.size);
    add("message", "string", matching.size);
    for (const column of reader.columns()) {
      const count = matching.isFull
        ? column.count
        : reader.rows(column).reduce((sum, row) => sum + (matching.has(row) ? 1 : 0), 0);
      add(nameOf(column), column.type, count);
    }
    if (isDistinct) addValues(reader, matching);
  });
  if (!isComplete) warnings.push(budgetWarning);
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
  /** How many different values there are: exactly up to `valuesMax`, within 8 % beyond. */
  readonly distinct: number;
  readonly isComplete: boolean;
  readonly warnings: readonly Warning[];
}

/** So many different values are counted; those that appear later are among the others. */
const valuesMax = 200_000;

/** Counts the values of one field. */
export const fieldValues = async (
  deps: SearchDeps,
  tenant: string,
  { filter, name, limit, ...range }: FieldValuesRequest,
): Promise<FieldValues> => {
  const { warnings, onDamage } = collectWarnings(deps, tenant);
  const place = placeOf(name);
  const counts = new Map<string, { readonly value: AttributeValue; count: number }>();
  let otherCount = 0;
  let many: Distinct | undefined;
  const addLate = (key: string, count: number) => {
    otherCount += count;
    if (many === undefined) {
      many = createDistinct(0);
      for (const known of counts.keys()) many.add(known);
    }
    many.add(key);
  };
  const add = (value: AttributeValue, count: number) => {
    const key = keyOf(value);
    const known = counts.get(key);
    if (known !== undefined) known.count += count;
    else if (counts.size < valuesMax) counts.set(key, { value, count });
    else addLate(key, count);
  };
  const plan = {
    ...range,
    tenant,
    evaluator: createEvaluator(filter),
    order: "newest" as const,
    signal: range.signal,
    onDamage,
  };
  const { isComplete } = await scanRange(deps, plan, async ({ read }) => {
    const { reader, matching } = await read();
    if (matching.size === 0) return;
    visitValues(createChunkData(reader), place, matching, add);
  });
  if (!isComplete) warnings.push(budgetWarning);
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
