import { formatTime } from "../../format/time.ts";
import type { Preferences } from "../../preferences/preferences.ts";
import type { TimeWindow } from "../../view/time-range.ts";
import type { View } from "../../view/view.ts";

interface Comparison {
  readonly label: string;
  /** As `GET /logs/patterns` takes it. */
  readonly compareTo: string | undefined;
}

export const comparisonOf: Readonly<Record<View["compare"], Comparison>> = {
  none: { label: "nothing", compareTo: undefined },
  previous: { label: "the period before", compareTo: "previous" },
  day: { label: "the same time yesterday", compareTo: "-1d" },
  week: { label: "the same time a week ago", compareTo: "-7d" },
};

const dayOf = (ms: number, zone: Preferences["zone"]) => formatTime(ms, zone).slice(0, 10);

/** A window in words, without what it need not say: `09:00:00 – 10:00:00` on the day of `now`. */
export const formatWindow = (
  { from, to }: TimeWindow,
  zone: Preferences["zone"],
  now: number,
): string => {
  const [day, lastDay] = [dayOf(from, zone), dayOf(to - 1, zone)];
  const short = (ms: number, skipsDay: boolean) =>
    formatTime(ms, zone).slice(skipsDay ? 11 : 5, 19);
  return `${short(from, day === dayOf(now, zone))} – ${short(to, day === lastDay)}`;
};

/** A moment in a range: its clock, after its day where the range has several. */
export const formatSeen = (
  ms: number,
  { from, to }: TimeWindow,
  zone: Preferences["zone"],
): string =>
  dayOf(from, zone) === dayOf(to - 1, zone)
    ? formatTime(ms, zone).slice(11, 19)
    : formatTime(ms, zone).slice(5, 16);
