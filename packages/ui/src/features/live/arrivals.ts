import type { LogEntry } from "@log-service/sdk";

type Severity = LogEntry["severity"];

export type SecondCounts = Readonly<Record<Severity, number>>;

/** How many entries came in each of the last seconds, by severity. */
export interface Arrivals {
  /** The second that runs, since 1970: the last of `seconds`. */
  readonly now: number;
  /** The second in which counting began. */
  readonly since: number;
  readonly seconds: readonly SecondCounts[];
}

export const secondsShown = 60;

/** The rate is the mean of so many seconds: bursts of senders would make it jump. */
const secondsOfRate = 5;

const none: SecondCounts = { info: 0, warning: 0, error: 0 };

export const beginArrivals = (ms: number): Arrivals => {
  const second = Math.floor(ms / 1000);
  return { now: second, since: second, seconds: Array(secondsShown).fill(none) };
};

/** Goes on to a later moment; where the clock was set back, nothing moves. */
export const arrivalsAt = (arrivals: Arrivals, ms: number): Arrivals => {
  const now = Math.floor(ms / 1000);
  const passed = Math.min(now - arrivals.now, secondsShown);
  if (passed <= 0) return arrivals;
  const seconds = [...arrivals.seconds, ...Array<SecondCounts>(passed).fill(none)];
  return { ...arrivals, now, seconds: seconds.slice(-secondsShown) };
};

export const countArrivals = (
  arrivals: Arrivals,
  entries: readonly LogEntry[],
  ms: number,
): Arrivals => {
  const moved = arrivalsAt(arrivals, ms);
  const counts = { ...(moved.seconds.at(-1) ?? none) };
  for (const { severity } of entries) counts[severity] += 1;
  return { ...moved, seconds: [...moved.seconds.slice(0, -1), counts] };
};

export const totalOf = ({ info, warning, error }: SecondCounts): number => info + warning + error;

/** Entries a second, over the last seconds that are over; undefined in the first. */
export const rateOf = ({ now, since, seconds }: Arrivals): number | undefined => {
  const over = Math.min(now - since, secondsOfRate);
  if (over === 0) return undefined;
  const counted = seconds.slice(-1 - over, -1).map(totalOf);
  return counted.reduce((sum, count) => sum + count, 0) / over;
};
