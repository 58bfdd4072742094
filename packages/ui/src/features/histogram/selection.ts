import type { TimeWindow } from "../../view/time-range.ts";

/** The bar that is looked at, and the one where a selection began; none where it is undefined. */
export interface Selection {
  readonly cursor: number | undefined;
  readonly anchor: number | undefined;
}

export const nothingSelected: Selection = { cursor: undefined, anchor: undefined };

const pageSteps = 10;

const placeAfter = (key: string, place: number | undefined, last: number): number | undefined => {
  const from = place ?? last;
  // The first step shows the last bar, the newest.
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: place === undefined ? last : from - 1,
    ArrowRight: place === undefined ? last : from + 1,
    PageUp: from - pageSteps,
    PageDown: from + pageSteps,
    Home: 0,
    End: last,
  };
  const next = steps[key];
  return next === undefined ? undefined : Math.min(Math.max(next, 0), last);
};

/** What a key changes; undefined for keys that change nothing. With Shift the bars between are selected. */
export const selectionAfter = (
  { cursor, anchor }: Selection,
  key: string,
  hasShift: boolean,
  count: number,
): Selection | undefined => {
  if (key === "Escape" && cursor !== undefined) return nothingSelected;
  const next = count > 0 ? placeAfter(key, cursor, count - 1) : undefined;
  if (next === undefined) return undefined;
  return { cursor: next, anchor: hasShift ? (anchor ?? cursor ?? next) : undefined };
};

/** The time from the beginning of the first selected bar to the end of the last one. */
export const selectedWindow = (
  { cursor, anchor }: Selection,
  bars: readonly TimeWindow[],
): TimeWindow | undefined => {
  if (cursor === undefined) return undefined;
  const places = [cursor, anchor ?? cursor];
  const first = bars[Math.min(...places)];
  const last = bars[Math.max(...places)];
  return first && last && { from: first.from, to: last.to };
};
