import type { ErrorCode } from "../errors.ts";
import { ExactNumber } from "./exact-number.ts";
import type { Findings } from "./findings.ts";
import { limits } from "./limits.ts";
import { describeValue } from "./quote.ts";
import { formatTimestamp, parseIsoTimestamp } from "./timestamp.ts";

/** What an entry's time is measured against. Times in milliseconds since 1970. */
export interface TimeRules {
  /** The server's clock: the timestamp of entries that have none. */
  readonly now: number;
  /** Entries before this are refused; 0 takes any time since 1970. */
  readonly oldest: number;
  /** The setting that `oldest` comes from; a refusal names it. */
  readonly oldestSetting?: string | undefined;
  /** Refuses an entry without a timestamp of its own: with the server's, no two batches are ever equal. */
  readonly requireTimestamp: boolean;
}

const aheadMaxMs = limits.timestampAheadMs.value;

/** Numbers below lie before March 1973 as milliseconds, and up to the year 5138 as seconds. */
const secondsBelow = 100_000_000_000;

/** Numbers above lie beyond the year 5138 as milliseconds: they are micro- or nanoseconds. */
const microsecondsAbove = 100_000_000_000_000;

const toMs = (value: unknown): number => {
  if (typeof value === "string") return parseIsoTimestamp(value);
  if (value instanceof ExactNumber) {
    const number = Number(value.digits);
    // A smaller one is damaged because it has a fraction, which the double may have lost.
    return Number.isFinite(number) && Math.abs(number) >= 2 ** 53 ? number : Number.NaN;
  }
  return Number.isInteger(value) ? (value as number) : Number.NaN; // an integer is a number
};

const invalidMessage = (value: unknown): string => {
  const wanted =
    "it must be ISO 8601 with a time zone, as in 2026-11-22T09:00:00.123Z, or milliseconds since 1970";
  const isDigits = typeof value === "string" && /^\d{9,19}$/.test(value);
  return `timestamp is ${describeValue(value)}; ${wanted}${isDigits ? " as a number without quotes" : ""}`;
};

const findProblem = (value: unknown, ms: number, rules: TimeRules): [ErrorCode, string] => {
  const sent = `timestamp is ${describeValue(value)}`;
  if (Number.isNaN(ms)) return ["TIMESTAMP_INVALID", invalidMessage(value)];
  if (ms < 0) return ["TIMESTAMP_INVALID", `${sent}; it must not lie before 1970`];
  const isNumber = typeof value !== "string";
  if (ms < rules.oldest) {
    const setting = rules.oldestSetting === undefined ? "" : ` (${rules.oldestSetting})`;
    const hint = isNumber && ms < secondsBelow ? "; it looks like seconds, send milliseconds" : "";
    const limit = `the oldest accepted is ${formatTimestamp(rules.oldest)}${setting}`;
    return ["TIMESTAMP_TOO_OLD", `${sent}; ${limit}${hint}`];
  }
  const hint =
    isNumber && ms > microsecondsAbove
      ? "; it looks like micro- or nanoseconds, send milliseconds"
      : "";
  const limit = `the limit is ${aheadMaxMs / 60_000} minutes ahead of the server's clock`;
  const clock = formatTimestamp(rules.now);
  return ["TIMESTAMP_TOO_FAR_AHEAD", `${sent}; ${limit}, which is at ${clock}${hint}`];
};

/** Returns the time of an entry in milliseconds since 1970; any number when there is a problem with it. */
export const readTimestamp = (value: unknown, rules: TimeRules, findings: Findings): number => {
  if (value === undefined || value === null) {
    if (rules.requireTimestamp) {
      const message = "timestamp is missing; deduplication by content needs one in every entry";
      findings.addToField("timestamp", "TIMESTAMP_REQUIRED", message);
    }
    return rules.now;
  }
  const ms = toMs(value);
  // Zero may be left of 5e-400, and infinity of 1e400, which the message is to name.
  if (!(ms > 0)) findings.hasExtremeNumber = true;
  if (ms >= 0 && ms >= rules.oldest && ms <= rules.now + aheadMaxMs) return ms + 0; // not -0
  findings.addToField("timestamp", ...findProblem(value, ms, rules));
  return rules.now;
};
