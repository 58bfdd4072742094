import { lengthOf, type TimeWindow } from "../view/time-range.ts";

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];

/** Each at most twice the one before, so that one of them gives between half of the most bars and all of them. */
const intervals: readonly number[] = [
  ...[1, 2, 3, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 3, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 3, 5, 10, 20, 30, 60, 90, 180, 360].map((count) => count * day),
];

/** The shortest interval that makes at most so many bars of a window, in milliseconds. */
export const intervalFor = ({ from, to }: TimeWindow, barsMax: number): number =>
  // The first and the last bar may both be cut, which makes one more.
  intervals.find((interval) => (to - from) / interval <= barsMax - 1) ?? 720 * day;

/** An interval as the service takes it, as in `30s`. */
export const printInterval = (ms: number): string => lengthOf(ms) ?? "1s";

/** The intervals that a window touches, in multiples of their length; the first and the last one cut to it. */
export const intervalsOf = ({ from, to }: TimeWindow, ms: number): readonly TimeWindow[] => {
  const first = Math.floor(from / ms);
  const count = Math.ceil(to / ms) - first;
  return Array.from({ length: count }, (_, place) => ({
    from: Math.max(from, (first + place) * ms),
    to: Math.min(to, (first + place + 1) * ms),
  }));
};
