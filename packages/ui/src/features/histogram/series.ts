import type { StatsAnswer } from "@log-service/sdk";
import { intervalsOf } from "../../axis/interval.ts";
import type { TimeWindow } from "../../view/time-range.ts";

/** From the bottom of a bar to its top: what matters most stands on the axis, where heights compare. */
export const severities = ["error", "warning", "info"] as const;

export type Severity = (typeof severities)[number];

export type Counts = Readonly<Record<Severity, number>>;

/** The entries of an interval; the first and the last one are cut to the window. */
export interface Bar extends TimeWindow {
  readonly counts: Counts;
}

export interface Series {
  readonly window: TimeWindow;
  readonly bars: readonly Bar[];
  readonly totals: Counts;
  /** All before it is counted, nothing from it on. */
  readonly countedTo: number;
}

export const sumOf = (counts: Counts): number => counts.error + counts.warning + counts.info;

/** Adds up answers that follow each other, by severity and interval. */
export const toSeries = (answers: readonly StatsAnswer[], intervalMs: number): Series => {
  const [first, last] = [answers[0], answers.at(-1)];
  const window = { from: first?.from ?? 0, to: last?.to ?? 0 };
  const intervals = intervalsOf(window, intervalMs);
  const firstStart = Math.floor(window.from / intervalMs) * intervalMs;
  const bars = intervals.map((interval) => ({
    ...interval,
    counts: { error: 0, warning: 0, info: 0 },
  }));
  const totals = { error: 0, warning: 0, info: 0 };
  for (const { groups } of answers)
    for (const { by, points } of groups) {
      const severity = severities.find((one) => one === by.severity);
      if (severity === undefined) continue;
      for (const [start, count] of points) {
        const bar = bars[Math.round(((start ?? 0) - firstStart) / intervalMs)];
        if (!bar) continue;
        bar.counts[severity] += count ?? 0;
        totals[severity] += count ?? 0;
      }
    }
  const countedTo = last?.complete ? window.to : (last?.scannedTo ?? last?.from ?? 0);
  return { window, bars, totals, countedTo };
};
