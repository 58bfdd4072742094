import { type Measure, measureOf } from "../aggregate/cell.ts";
import type { Group } from "../aggregate/groups.ts";
import type { AttributeValue } from "../entry/entry.ts";
import { createStatsTally, measuredFields } from "../scan/stats-tally.ts";
import type { StatsTask } from "../scan/task.ts";
import type { RangeRequest } from "./fields.ts";
import { scanTally } from "./scan-tally.ts";
import type { SearchDeps } from "./search.ts";
import { collectWarnings, type Warning } from "./warning.ts";

export interface StatsRequest extends RangeRequest {
  /** At least one. */
  readonly measures: readonly Measure[];
  /** The fields that group entries, as a query names them. */
  readonly by: readonly string[];
  /** How long an interval is; undefined: all of the range is one. */
  readonly intervalMs: number | undefined;
  /** How many groups. */
  readonly top: number;
}

/** The beginning of an interval in milliseconds since 1970, then each measure; null where no entry has a number. */
export type Point = readonly (number | null)[];

export interface StatsGroup {
  readonly by: Readonly<Record<string, AttributeValue | null>>;
  /** In order of time; intervals without entries are left out. */
  readonly points: readonly Point[];
}

export interface Stats {
  /** The largest first. */
  readonly groups: readonly StatsGroup[];
  /** All entries of groups that are not listed. */
  readonly other: readonly Point[] | undefined;
  readonly isComplete: boolean;
  /** When it is incomplete: all before this time is counted, and nothing from it on. */
  readonly scannedTo: number | undefined;
  readonly warnings: readonly Warning[];
}

/** Counts and measures what matches, by groups and intervals. Throws PARAMETER_INVALID for too many points. */
export const stats = async (
  deps: SearchDeps,
  tenant: string,
  request: StatsRequest,
): Promise<Stats> => {
  const { filter, from, to, signal, measures, by, intervalMs, top } = request;
  const { warnings, onDamage } = collectWarnings(deps, tenant);
  const task: StatsTask = { kind: "stats", filter, from, to, measures, by, intervalMs };
  const tally = createStatsTally(task);
  const plan = { tenant, order: "oldest" as const, signal, onDamage };
  const { isComplete, scannedTo } = await scanTally(deps, plan, task, tally);
  const { groups } = tally;
  const fields = measuredFields(measures);
  if (!isComplete)
    warnings.push({
      code: "BUDGET_SPENT",
      message: "the budget ran out before the whole range was read; go on with from=scannedTo",
    });
  if (groups.isFull)
    warnings.push({
      code: "GROUPS_LIMITED",
      message: "there are more groups than can be kept apart; those that came late are in other",
    });
  const pointsOf = ({ cells }: Group): Point[] =>
    [...cells]
      .sort(([a], [b]) => a - b)
      .map(([time, cell]) => [time, ...measures.map((one) => measureOf(cell, one, fields))]);
  const ranked = groups.top(top);
  return {
    groups: ranked.groups.map((group) => ({
      by: Object.fromEntries(by.map((name, index) => [name, group.values[index] ?? null])),
      points: pointsOf(group),
    })),
    other: ranked.other && pointsOf(ranked.other),
    isComplete,
    scannedTo,
    warnings,
  };
};
