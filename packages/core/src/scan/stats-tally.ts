import { type FieldPlace, placeOf } from "@log-service/query";
import { addNumber, type Measure, type MeasuredField, needsSketch } from "../aggregate/cell.ts";
import { labelsOf, numbersOf } from "../aggregate/field-values.ts";
import { groupCodesOf, noGroup } from "../aggregate/group-codes.ts";
import { createGroups, type Groups, type GroupsData } from "../aggregate/groups.ts";
import type { ChunkMeta } from "../chunk/chunk.ts";
import { type AttributeValue, severities } from "../entry/entry.ts";
import { LogServiceError } from "../errors.ts";
import type { ChunkData } from "../evaluate/chunk-data.ts";
import type { EntrySet } from "../evaluate/entry-set.ts";
import type { Tally } from "./tally.ts";
import type { StatsTask } from "./task.ts";

/** An answer has room for so many points. */
const pointsMax = 400_000;

/** The beginning of the interval that a time is in. */
type IntervalOf = (time: number) => number;

/** What is asked, prepared for all chunks. */
interface Aggregation {
  readonly groups: Groups;
  readonly places: readonly FieldPlace[];
  readonly fields: readonly MeasuredField[];
  readonly intervalOf: IntervalOf;
}

export const measuredFields = (measures: readonly Measure[]): MeasuredField[] => {
  const names = measures.flatMap((one) => (one.name === "count" ? [] : [one.field]));
  return [...new Set(names)].map((name) => ({ name, hasSketch: needsSketch(measures, name) }));
};

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
const endOfInterval = (times: Float64Array, start: number, intervalOf: IntervalOf): number => {
  const interval = intervalOf(times[start]!);
  let end = start + 1;
  while (end < times.length && intervalOf(times[end]!) === interval) end++;
  return end;
};

/** Calls `visit` with each interval of a chunk and the entries that it has. Times ascend, so that they lie together. */
const eachInterval = (
  chunk: ChunkData,
  intervalOf: IntervalOf,
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

const addEntries = (
  { groups, places, fields, intervalOf }: Aggregation,
  chunk: ChunkData,
  matching: EntrySet,
): void => {
  const labels = places.map((place) => labelsOf(chunk, place));
  const { codes, examples } = groupCodesOf(labels, matching);
  const found = examples.map((entry) =>
    groups.groupOf(labels.map(({ values, codes: own }) => values[own[entry]!]!)),
  );
  const measured = fields.flatMap(({ name }, field) =>
    numbersOf(chunk, placeOf(name)).map((numbers) => ({ ...numbers, field, rank: 0 })),
  );
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
    for (const numbers of measured) {
      const { rows, values, field } = numbers;
      let { rank } = numbers;
      for (; rank < rows.length && rows[rank]! < end; rank++) {
        const code = codes[rows[rank]!]!;
        if (code === noGroup || Number.isNaN(values[rank])) continue;
        addNumber(cells[code]!.numbers[field]!, values[rank]!);
      }
      numbers.rank = rank;
    }
  });
};

const assertRoom = ({ cellCount }: Groups): void => {
  if (cellCount <= pointsMax) return;
  throw new LogServiceError(
    "PARAMETER_INVALID",
    `the statistics have more than ${pointsMax} points; take a longer interval, a shorter range or fewer groups`,
  );
};

/** Counts and measures by groups and intervals. It throws PARAMETER_INVALID for too many points. */
export const createStatsTally = (
  task: Pick<StatsTask, "measures" | "by" | "intervalMs" | "from">,
): Tally<GroupsData> & { readonly groups: Groups } => {
  const { measures, by, intervalMs, from } = task;
  const fields = measuredFields(measures);
  const shared = {
    places: by.map(placeOf),
    fields,
    intervalOf:
      intervalMs === undefined
        ? () => from
        : (time: number) => Math.floor(time / intervalMs) * intervalMs,
  };
  let groups = createGroups(fields);
  return {
    add: (chunk, matching) => {
      addEntries({ ...shared, groups }, chunk, matching);
      assertRoom(groups);
    },
    addMeta: (meta) => {
      const isOneInterval = shared.intervalOf(meta.minTime) === shared.intervalOf(meta.maxTime);
      if (!isOneInterval || !isInMetadata({ ...shared, groups })) return false;
      addMetadata({ ...shared, groups }, meta);
      assertRoom(groups);
      return true;
    },
    take: () => {
      const taken = groups.data();
      groups = createGroups(fields);
      return taken;
    },
    merge: (data) => {
      groups.merge(data);
      assertRoom(groups);
    },
    get groups() {
      return groups;
    },
  };
};
