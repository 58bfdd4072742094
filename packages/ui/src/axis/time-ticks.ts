import { formatTime } from "../format/time.ts";
import type { Preferences } from "../preferences/preferences.ts";
import type { TimeWindow } from "../view/time-range.ts";

type Zone = Preferences["zone"];

export interface Tick {
  readonly at: number;
  readonly label: string;
}

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];

const steps: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 5, 10, 20, 30, 60, 90, 180, 360].map((count) => count * day),
];

const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** How far the clock of the zone is ahead of UTC, in milliseconds. */
const offsetAt = (ms: number, zone: Zone): number =>
  zone === "utc" ? 0 : -new Date(ms).getTimezoneOffset() * minute;

/** The offsets that the clock has within a window. Looked up here and there: they stay for weeks at least. */
const offsetsOf = ({ from, to }: TimeWindow, zone: Zone): ReadonlySet<number> =>
  new Set(
    Array.from({ length: 17 }, (_, part) => offsetAt(from + ((to - from) * part) / 16, zone)),
  );

const labelOf = (ms: number, step: number, isLong: boolean, zone: Zone): string => {
  const text = formatTime(ms, zone);
  const [date = "", clock = ""] = text.split(" ");
  if (isLong) return date;
  const isMidnight = clock === "00:00:00.000";
  if (step >= day || isMidnight) {
    const [, month = "", dayOfMonth = ""] = date.split("-");
    return `${months[Number(month) - 1]} ${Number(dayOfMonth)}`;
  }
  if (step >= minute) return clock.slice(0, 5);
  return step >= second ? clock.slice(0, 8) : clock.slice(3);
};

/** Round times of the zone's clock within a window, at most so many. */
export const timeTicks = (window: TimeWindow, zone: Zone, ticksMax: number): readonly Tick[] => {
  const { from, to } = window;
  const step = steps.find((one) => (to - from) / one <= ticksMax);
  if (step === undefined || ticksMax < 1) return [];
  const isLong = to - from > 300 * day;
  const ticks: Tick[] = [];
  for (const offset of offsetsOf(window, zone))
    for (let at = Math.ceil((from + offset) / step) * step - offset; at < to; at += step)
      // The others are round on the clock of another part of the year.
      if (offsetAt(at, zone) === offset) ticks.push({ at, label: labelOf(at, step, isLong, zone) });
  return ticks.sort((a, b) => a.at - b.at);
};

/** The ticks of an axis so many pixels wide, with room for each label; one that would stick out is left out. */
export const ticksAlong = (window: TimeWindow, zone: Zone, width: number) => {
  const labelWidth = 72;
  const { from, to } = window;
  return timeTicks(window, zone, Math.floor(width / (labelWidth + 16)))
    .map(({ at, label }) => ({ at, label, x: ((at - from) / (to - from)) * width }))
    .filter(({ x }, place, all) => {
      const before = all[place - 1];
      const isFree = before === undefined || x - before.x >= labelWidth;
      return isFree && x >= labelWidth / 2 && x <= width - labelWidth / 2;
    });
};
