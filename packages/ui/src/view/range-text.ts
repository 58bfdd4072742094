import { formatZone } from "../format/time.ts";
import type { Preferences } from "../preferences/preferences.ts";
import { printMoment } from "./moment.ts";
import { lengthWords, type TimeRange } from "./time-range.ts";

type Zone = Preferences["zone"];

/** A range in words: how far back it goes, or both its ends and their zone. */
export const rangeText = (range: TimeRange, zone: Zone): string => {
  if (range.kind === "last") return `Last ${lengthWords(range.length)}`;
  const from = printMoment(range.from, zone);
  const fromZone = formatZone(range.from, zone);
  if (range.kind === "since") return `Since ${from} ${fromZone}`;
  const to = printMoment(range.to, zone);
  const toZone = formatZone(range.to, zone);
  // The clock may have changed in between.
  if (fromZone !== toZone) return `${from} ${fromZone} – ${to} ${toZone}`;
  const isOneDay = from.slice(0, 10) === to.slice(0, 10);
  return `${from} – ${isOneDay ? to.slice(11) : to} ${fromZone}`;
};
