import { type FieldPlace, placeOf } from "@log-service/query";
import {
  addNumber,
  type Measure,
  type MeasuredField,
  measureOf,
  needsSketch,
} from "../aggregate/cell.ts";
import { labelsOf, numbersOf } from "../aggregate/field-values.ts";
import { groupCodesOf, noGroup } from "../aggregate/group-codes.ts";
import { createGroups, type Group, type Groups } from "../aggregate/groups.ts";
import type { ChunkMeta } from "../chunk/chunk.ts";
import { type AttributeValue, severities } from "../entry/entry.ts";
import { LogServiceError } from "../errors.ts";
import { type ChunkData, createChunkData } from "../evaluate/chunk-data.ts";
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

/** Where the entries of a chunk that lie in one interval begin and end. */
const endOfInterval = (
  times: Float64Array,
  start: number,
  intervalOf: Aggregation["intervalOf"],
): number => {
  const interval = intervalOf(times[start]!);
  let end = start + 1;
  while (end < times.length && intervalOf(times[end]!) === interval) end++;
  return end;
};

/** Calls `visit` with each interval of a chunk and the entries that it has. Times ascend, so that they lie together. */
const eachInterval = (
  chunk: ChunkData,
  intervalOf: Aggregation["intervalOf"],
  visit: (interval: number, start: number, end: number) => void,
): void => {
  const { minTime, maxTime } = chunk.reader.meta;
  const first = intervalOf(minTime);
  if (first === intervalOf(maxTime)) {
    visit(first, 0, chunk.count);
    return;
  }
  const times = chunk.times();
  for (let start = 0; start < times.length; ) {
    const end = endOfInterval(times, start, intervalOf);
    visit(intervalOf(times[start]!), start, end);
    start = end;
  }
};

const addEntries = async (
  { groups, places, fields, intervalOf }: Aggregation,
  { read }: VisitedChunk,
): Promise<void> => {
  const { reader, matching } = await read();
  if (matching.size === 0) return;
  const chunk = createChunkData(reader);
  const labels = places.map((place) => labelsOf(chunk, place));
  const { codes, examples } = groupCodesOf(labels, matching);
  const found = examples.map((entry) =>
    groups.groupOf(labels.map(({ values, codes: own }) => values[own[entry]!]!)),
  );
  const numbers = fields.map(({ name }) => numbersOf(chunk, placeOf(name)));
  const counts = new Uint32Array(found.length);
  eachInterval(chunk, intervalOf, (interval, start, end) => {
    counts.fill(0);
    for (let entry = start; entry < end; entry++)
      if (codes[entry] !== noGroup) counts[codes[entry]!]!++;
    const cells = found.map((group, code) => {
      if (counts[code] === 0) return undefined;
      const cell = groups.cellOf(group, interval);
      group.count += counts[code]!;
      cell.count += counts[code]!;
      return cell;
    });
    for (const [field, values] of numbers.entries())
      for (let entry = start; entry < end; entry++) {
        const value = values[entry]!;
        if (codes[entry] === noGroup || Number.isNaN(value)) continue;
        addNumber(cells[codes[entry]!]!.numbers[field]!, value);
      }
  });
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
