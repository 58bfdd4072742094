import type { StatsAnswer } from "@log-service/sdk";
import { nextFrom } from "../../stats/next-from.ts";
import { parseMeasures } from "./measure.ts";

type Points = StatsAnswer["groups"][number]["points"];
type Join = (a: number, b: number) => number;

const add: Join = (a, b) => a + b;

/** How the values of two parts of the time make that of both. Means and percentiles of parts make none. */
const joins: Readonly<Record<string, Join>> = {
  count: add,
  sum: add,
  min: Math.min,
  max: Math.max,
};

/** Statistics with what was measured in them, as it was asked for. */
export interface Answer extends StatsAnswer {
  readonly measure: string;
}

const joinsOf = (measures: string): readonly (Join | undefined)[] =>
  parseMeasures(measures).map(({ name }) => joins[name]);

/**
 * Where the statistics that go on from an answer have to begin; undefined where all is measured, and where the two could not be
 * joined: what is among all others in one of them may be a group of the other.
 */
export const nextFromOf =
  (measures: string) =>
  (answer: StatsAnswer): number | undefined =>
    answer.other || joinsOf(measures).includes(undefined) ? undefined : nextFrom(answer);

const joinPoints = (a: Points, b: Points, joined: readonly (Join | undefined)[]): Points => {
  const points = new Map(a.map((point) => [point[0], point]));
  for (const point of b) {
    const [time, ...values] = point;
    const before = points.get(time)?.slice(1) ?? [];
    const both = values.map((value, place) => {
      const other = before[place] ?? null;
      return value === null || other === null
        ? (value ?? other)
        : (joined[place] ?? add)(other, value);
    });
    points.set(time, [time ?? null, ...both]);
  }
  return [...points.values()];
};

/** All entries of a group, as the last of its measures counts them. */
const sizeOf = ({ points }: { readonly points: Points }): number =>
  points.reduce((sum, point) => sum + (point.at(-1) ?? 0), 0);

const join = (a: Answer, b: Answer): Answer => {
  const joined = joinsOf(a.measure);
  const groups = new Map(a.groups.map((group) => [JSON.stringify(group.by), group]));
  for (const { by, points } of b.groups) {
    const key = JSON.stringify(by);
    // Without intervals there is one point, at the beginning of what was asked.
    const placed =
      a.intervalMs === null ? points.map((point) => [a.from, ...point.slice(1)]) : points;
    groups.set(key, { by, points: joinPoints(groups.get(key)?.points ?? [], placed, joined) });
  }
  return {
    ...b,
    from: a.from,
    groups: [...groups.values()].sort((x, y) => sizeOf(y) - sizeOf(x)),
    warnings: [...(a.warnings ?? []), ...(b.warnings ?? [])],
  };
};

/** The statistics of answers that follow each other, as far as they can be joined; the largest group first. */
export const joinAnswers = (answers: readonly Answer[]): Answer | undefined => {
  const mixed = answers.findIndex(({ other }, place) => place > 0 && other);
  const [first, ...rest] = mixed < 0 ? answers : answers.slice(0, mixed);
  return first && rest.reduce(join, first);
};
