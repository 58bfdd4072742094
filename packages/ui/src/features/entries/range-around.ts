import type { TimeRange, TimeWindow } from "../../view/time-range.ts";

const hourMs = 3_600_000;

/** The range as it is where it holds the moment, and otherwise an hour to both sides of it. */
export const rangeAround = (range: TimeRange, { from, to }: TimeWindow, ms: number): TimeRange =>
  ms >= from && ms < to ? range : { kind: "between", from: ms - hourMs, to: ms + hourMs };
