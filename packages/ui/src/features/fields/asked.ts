import { type TimeWindow, windowOf } from "../../view/time-range.ts";
import type { View } from "../../view/view.ts";

/** What a live tail stands for where the range of the view has ended: what it begins with, and what has come since. */
const liveLength = "15m";

/** The time whose fields are counted. A live tail goes on, so that what the view began with would soon be too old. */
export const countedWindow = (
  { tab, range }: View,
  window: TimeWindow,
  now: number,
): TimeWindow => {
  if (tab !== "live") return window;
  return windowOf(range.kind === "between" ? { kind: "last", length: liveLength } : range, now);
};
