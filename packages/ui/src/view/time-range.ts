/** What a view looks at: the time up to now, or between two moments in milliseconds since 1970 (`to` exclusive). */
export type TimeRange =
  | { readonly kind: "last"; readonly length: string }
  | { readonly kind: "between"; readonly from: number; readonly to: number };

/** A range at one moment, in milliseconds since 1970: from inclusive, to exclusive. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

export const rangeDefault: TimeRange = { kind: "last", length: "1h" };

const unitMs: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** The milliseconds of a length like `15m`; undefined where it is none. */
export const lengthMs = (length: string): number | undefined => {
  const [, count = "", unit = ""] = /^(\d{1,6})([smhdw])$/.exec(length) ?? [];
  const ms = Number(count) * (unitMs[unit] ?? 0);
  return ms > 0 ? ms : undefined;
};

export const windowOf = (range: TimeRange, now: number): TimeWindow => {
  if (range.kind === "between") return { from: range.from, to: range.to };
  // The millisecond that runs belongs to the past.
  const to = now + 1;
  return { from: to - (lengthMs(range.length) ?? 0), to };
};
