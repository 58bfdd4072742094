import type { StatsAnswer } from "@log-service/sdk";
import { intervalsOf } from "../../axis/interval.ts";
import type { TimeWindow } from "../../view/time-range.ts";
import { isAdditive, type Measure } from "./measure.ts";

type Values = StatsAnswer["groups"][number]["by"];
type Point = readonly (number | null)[];

/** The entries that share the values of some fields. */
export interface ChartGroup {
  readonly key: string;
  readonly label: string;
  /** What they share; undefined for all the groups that are not listed. */
  readonly by: Values | undefined;
  /** The measure over all of the time; null where no entry has a number. */
  readonly total: number | null;
  readonly count: number;
  /** Of all entries, or of the whole sum. From 0 to 1; undefined where there is no whole. */
  readonly share: number | undefined;
  /** The measure of each interval. */
  readonly values: readonly (number | null)[];
  /** The same without what a part of an interval has: in a line that would look like a drop. */
  readonly line: readonly (number | null)[];
}

export interface ChartData {
  readonly window: TimeWindow;
  readonly intervals: readonly TimeWindow[];
  /** How long an interval is that the window does not cut. */
  readonly intervalMs: number;
  readonly groups: readonly ChartGroup[];
  /** The names of the groups of which no entry has a number: there is nothing to draw or to list. */
  readonly unmeasured: readonly string[];
}

const otherKey = "other";

const keyOf = (by: Values): string => JSON.stringify(Object.values(by));

const labelOf = (by: Values): string =>
  Object.values(by)
    .map((value) => (value === null ? "(none)" : value === "" ? "(empty)" : `${value}`))
    .join(" · ") || "all entries";

const partsOf = ({ groups, other }: StatsAnswer) => [
  ...groups.map(({ by, points }) => ({ key: keyOf(by), label: labelOf(by), by, points })),
  ...(other ? [{ key: otherKey, label: "all others", by: undefined, points: other.points }] : []),
];

const alignTo = (
  intervals: readonly TimeWindow[],
  intervalMs: number,
  points: readonly Point[],
  absent: number | null,
): (number | null)[] => {
  const values = intervals.map(() => absent);
  const start = Math.floor((intervals[0]?.from ?? 0) / intervalMs);
  for (const [time, value = null] of points) {
    const place = Math.round((time ?? 0) / intervalMs) - start;
    if (place >= 0 && place < values.length) values[place] = value;
  }
  return values;
};

/** Says of an interval whether all of it lies in the window and has been measured. */
const isWholeIn = (intervals: readonly TimeWindow[], ms: number, measuredTo: number) => {
  const isUncut = ({ from, to }: TimeWindow) => to - from === ms;
  // Of a window that is shorter than an interval there are parts only.
  const hasUncut = intervals.some(isUncut);
  return (interval: TimeWindow): boolean =>
    interval.to <= measuredTo && (isUncut(interval) || !hasUncut);
};

/** Up to where all is measured. */
export const measuredToOf = ({ complete, scannedTo, from, to }: StatsAnswer): number =>
  complete ? to : (scannedTo ?? from);

/**
 * Joins the totals of groups (the measure, then the count) and their course over time. Groups keep the order of the
 * answer, the largest first.
 */
export const toChartData = (
  totals: StatsAnswer,
  course: StatsAnswer | undefined,
  measure: Measure,
): ChartData => {
  const window = { from: totals.from, to: totals.to };
  const intervalMs = course?.intervalMs ?? window.to - window.from;
  const intervals = course ? intervalsOf(course, intervalMs) : [];
  const isWhole = isWholeIn(intervals, intervalMs, measuredToOf(course ?? totals));
  const adds = isAdditive(measure);
  const pointsOf = new Map(course ? partsOf(course).map(({ key, points }) => [key, points]) : []);
  const parts = partsOf(totals).map((part) => {
    const [, total = null, count = total] = part.points[0] ?? [];
    return { ...part, total, count: count ?? 0 };
  });
  const sizeOf = ({ total, count }: { total: number | null; count: number }) =>
    measure.name === "sum" ? (total ?? 0) : count;
  const whole = parts.reduce((sum, part) => sum + sizeOf(part), 0);
  const groups = parts
    .filter(({ total }) => total !== null)
    .map(({ points: _, ...part }) => {
      const values = alignTo(intervals, intervalMs, pointsOf.get(part.key) ?? [], adds ? 0 : null);
      return {
        ...part,
        share: whole > 0 ? sizeOf(part) / whole : undefined,
        values,
        line: adds
          ? values.map((value, place) => (isWhole(intervals[place]!) ? value : null))
          : values,
      };
    });
  const unmeasured = parts.filter(({ total }) => total === null).map(({ label }) => label);
  return { window, intervals, intervalMs, groups, unmeasured };
};

/** For each group the values on which it stands when those that are shown are stacked. */
export const stack = (groups: readonly ChartGroup[]): readonly (readonly number[])[] => {
  const heights = groups[0]?.values.map(() => 0) ?? [];
  return groups.map(({ values }) => {
    const bases = [...heights];
    for (const [place, value] of values.entries()) heights[place]! += value ?? 0;
    return bases;
  });
};
