import type { SearchAnswer } from "@log-service/sdk";
import type { TimeWindow } from "../../view/time-range.ts";

/** How far a search that goes from the newest entry backwards has come. */
export interface ScanProgress {
  /** Everything from this moment on has been looked at; in milliseconds since 1970. */
  readonly reachedTo: number;
  /** Of the range, 0 to 1. */
  readonly share: number;
}

/** What the pages so far say. Where the service does not tell, the last entry does. */
export const progressOf = (
  pages: readonly SearchAnswer[],
  { from, to }: TimeWindow,
): ScanProgress => {
  const last = pages.at(-1);
  if (last?.nextCursor === null) return { reachedTo: from, share: 1 };
  const lastEntry = pages.findLast(({ logs }) => logs.length > 0)?.logs.at(-1);
  const reachedTo = last?.scannedTo ?? (lastEntry ? Date.parse(lastEntry.timestamp) : to);
  const inRange = Math.min(to, Math.max(from, reachedTo));
  return { reachedTo: inRange, share: (to - inRange) / (to - from) };
};
