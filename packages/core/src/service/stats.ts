import { type FieldPlace, placeOf } from "@log-service/query";
import {
  addNumber,
  type Cell,
  type Measure,
  type MeasuredField,
  measureOf,
  needsSketch,
} from "../aggregate/cell.ts";
import { labelsOf, numbersOf } from "../aggregate/field-values.ts";
import { createGroups, type Group, type Groups } from "../aggregate/groups.ts";
import type { ChunkMeta } from "../chunk/chunk.ts";
import { type AttributeValue, severities } from "../entry/entry.ts";
import { LogServiceError } from "../errors.ts";
import { createChunkData } from "../evaluate/chunk-data.ts";
import { createEvaluator } from "../evaluate/evaluate.ts";
import { collectWarnings, type RangeRequest } from "./fields.ts";
import { scanRange, type VisitedChunk } from "./scan-range.ts";
import type { SearchDeps } from "./search.ts";
import type { Warning } from "./warning.ts";

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

/** An answer has room for so many points. */
const pointsMax = 400_000;

const tooManyPoints = () =>
  new LogServiceError(
    "PARAMETER_INVALID",
    `the statistics have more than ${pointsMax} points; take a longer interval, a shorter range or fewer groups`,
  );

/** What is asked, prepared for all chunks. */
interface Aggregation {
  readonly groups: Groups;
  readonly places: readonly FieldPlace[];
  readonly fields: readonly MeasuredField[];
  /** The beginning of the interval that a time is in. */
  readonly intervalOf: (time: number) => number;
}

/** Whether counts by severity, which every chunk has in front, are all that is asked. */
const isInMetadata = ({ places, fields }: Aggregation): boolean =>
  fields.length === 0 &&
  places.length <= 1 &&
  places.every(({ kind, name }) => kind === "builtIn" && name === "severity");

const addMetadata = ({ groups, places, intervalOf }: Aggregation, meta: ChunkMeta): void => {
  const time = intervalOf(meta.minTime);
  const add = (values: readonly AttributeValue[], count: number) => {
    if (count === 0) return;
    const group = groups.groupOf(values);
    group.count += count;
    groups.cellOf(group, time).count += count;
  };
  if (places.length === 0) add([], meta.count);
  else for (const [code, word] of severities.entries()) add([word], meta.severityCounts[code]!);
};

/** The cell that entries of one group went to last; entries come in order of time, so most go to the same. */
interface Slot {
  readonly group: Group;
  interval: number;
  cell: Cell;
}

const addEntries = async (
  { groups, places, fields, intervalOf }: Aggregation,
  { read }: VisitedChunk,
): Promise<void> => {
  const { reader, matching } = await read();
  if (matching.size === 0) return;
  const chunk = createChunkData(reader);
  const labels = places.map((place) => labelsOf(chunk, place));
  const numbers = fields.map(({ name }) => numbersOf(chunk, placeOf(name)));
  const { minTime, maxTime } = reader.meta;
  const only = intervalOf(minTime);
  const times = only === intervalOf(maxTime) ? undefined : chunk.times();
  const slots = new Map<number, Slot>();
  const slotOf = (index: number, interval: number): Slot => {
    let code = 0;
    for (const { values, codes } of labels) code = code * values.length + codes[index]!;
    const known = slots.get(code);
    if (known !== undefined) return known;
    const group = groups.groupOf(labels.map(({ values, codes }) => values[codes[index]!]!));
    const slot = { group, interval, cell: groups.cellOf(group, interval) };
    slots.set(code, slot);
    return slot;
  };
  for (let index = 0; index < chunk.count; index++) {
    if (!matching.has(index)) continue;
    const interval = times === undefined ? only : intervalOf(times[index]!);
    const slot = slotOf(index, interval);
    if (slot.interval !== interval) {
      slot.interval = interval;
      slot.cell = groups.cellOf(slot.group, interval);
    }
    slot.group.count++;
    slot.cell.count++;
    for (let field = 0; field < numbers.length; field++) {
      const value = numbers[field]![index]!;
      if (!Number.isNaN(value)) addNumber(slot.cell.numbers[field]!, value);
    }
  }
};

const measuredFields = (measures: readonly Measure[]): MeasuredField[] => {
  const names = measures.flatMap((one) => (one.name === "count" ? [] : [one.field]));
  return [...new Set(names)].map((name) => ({ name, hasSketch: needsSketch(measures, name) }));
};

/** Counts and measures what matches, by groups and intervals. Throws PARAMETER_INVALID for too many points. */
export const stats = async (
  deps: SearchDeps,
  tenant: string,
  request: StatsRequest,
): Promise<Stats> => {
  const { filter, from, to, signal, measures, by, intervalMs, top } = request;
  const { warnings, onDamage } = collectWarnings(deps, tenant);
  const fields = measuredFields(measures);
  const aggregation: Aggregation = {
    groups: createGroups(fields),
    places: by.map(placeOf),
    fields,
    intervalOf:
      intervalMs === undefined ? () => from : (time) => Math.floor(time / intervalMs) * intervalMs,
  };
  const { groups, intervalOf } = aggregation;
  const evaluator = createEvaluator(filter);
  const plan = { tenant, evaluator, from, to, order: "oldest" as const, signal, onDamage };
  const { isComplete, scannedTo } = await scanRange(deps, plan, async (chunk) => {
    const { meta, isWhole } = chunk;
    const isOneInterval = intervalOf(meta.minTime) === intervalOf(meta.maxTime);
    if (isWhole && isOneInterval && isInMetadata(aggregation)) addMetadata(aggregation, meta);
    else await addEntries(aggregation, chunk);
    if (groups.cellCount > pointsMax) throw tooManyPoints();
  });
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
