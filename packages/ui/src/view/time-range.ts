/** What a view looks at: the time up to now, or between two moments in milliseconds since 1970 (`to` exclusive). */
export type TimeRange =
  | { readonly kind: "last"; readonly length: string }
  | { readonly kind: "since"; readonly from: number }
  | { readonly kind: "between"; readonly from: number; readonly to: number };

/** A range at one moment, in milliseconds since 1970: from inclusive, to exclusive. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

export const rangeDefault: TimeRange = { kind: "last", length: "1h" };

/** The lengths that are offered. */
export const presets = ["5m", "15m", "1h", "3h", "6h", "12h", "24h", "3d", "7d", "30d"] as const;

export const units: readonly (readonly [unit: string, ms: number, word: string])[] = [
  ["w", 604_800_000, "week"],
  ["d", 86_400_000, "day"],
  ["h", 3_600_000, "hour"],
  ["m", 60_000, "minute"],
  ["s", 1_000, "second"],
];

export const unitMs: Readonly<Record<string, number>> = Object.fromEntries(units);

/** The milliseconds of a length like `15m`; undefined where it is none. */
export const lengthMs = (length: string): number | undefined => {
  const [, count = "", unit = ""] = /^(\d{1,6})([smhdw])$/.exec(length) ?? [];
  const ms = Number(count) * (unitMs[unit] ?? 0);
  return ms > 0 ? ms : undefined;
};

/** The length that is so many milliseconds, as in `90m`; undefined where there is none. */
export const lengthOf = (ms: number): string | undefined => {
  // Days stay days: `24h` and `1d` are the same, and a week is rarely meant.
  const fitting = units.find(([unit, one]) => unit !== "w" && ms % one === 0);
  const length = fitting && `${ms / fitting[1]}${fitting[0]}`;
  return length !== undefined && lengthMs(length) === ms ? length : undefined;
};

/** A length in words, as in `1 hour`. */
export const lengthWords = (length: string): string => {
  const word = units.find(([unit]) => unit === length.at(-1))?.[2] ?? "";
  const count = Number(length.slice(0, -1));
  return `${count} ${word}${count === 1 ? "" : "s"}`;
};

export const windowOf = (range: TimeRange, now: number): TimeWindow => {
  if (range.kind === "between") return { from: range.from, to: range.to };
  // The millisecond that runs belongs to the past.
  const to = now + 1;
  if (range.kind === "since") return { from: Math.min(range.from, now), to };
  // Nothing was logged before 1970, and the service does not take such times.
  return { from: Math.max(1, to - (lengthMs(range.length) ?? 0)), to };
};

/** A range between two moments, in either order, that is at least a millisecond long. */
export const between = (from: number, to: number): TimeRange => {
  const [first, last] = [Math.round(Math.min(from, to)), Math.round(Math.max(from, to))];
  return { kind: "between", from: Math.max(first, 1), to: Math.max(last, first + 1, 2) };
};

/** A window as a range. One that ends in the last tenth before now goes on with it, since now has moved on meanwhile. */
const rangeAt = ({ from, to }: TimeWindow, now: number): TimeRange => {
  const ms = to - from;
  if (to <= now - ms / 10) return between(from, to);
  const length = lengthOf(ms);
  return length === undefined ? between(now - ms, now) : { kind: "last", length };
};

/** Goes half a window earlier or later, so that one half stays in sight; later than now it does not go. */
export const shift = (window: TimeWindow, direction: -1 | 1, now: number): TimeRange => {
  const step = Math.max(1, Math.round((window.to - window.from) / 2)) * direction;
  return rangeAt({ from: window.from + step, to: window.to + step }, now);
};

/** Shows twice as much: around the middle, or up to now where that is reached. */
export const zoomOut = (window: TimeWindow, now: number): TimeRange => {
  const length = window.to - window.from;
  const to = window.to + Math.ceil(length / 2);
  return rangeAt({ from: to - 2 * length, to }, now);
};
