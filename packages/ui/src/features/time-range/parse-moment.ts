import type { Preferences } from "../../preferences/preferences.ts";
import { lengthMs, type TimeRange } from "../../view/time-range.ts";

type Zone = Preferences["zone"];

const clockPattern =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:[.,]\d{1,9})?)?)?\s*(z|utc|[+-]\d{2}:?\d{2})?$/i;

/** Some browsers take the 31st of a month that has 30 days for the first of the next. */
const isDay = (day: string): boolean => {
  const ms = Date.parse(`${day}T00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
};

/** Reads the digits of an epoch: seconds have ten of them in this age, milliseconds thirteen, and so on. */
const fromEpoch = (digits: string): number => {
  const thousands = Math.ceil((digits.length - 10) / 3);
  return Math.floor(Number(digits) / 1000 ** (thousands - 1));
};

/**
 * The moment that is typed or pasted, in milliseconds since 1970: `2026-11-22 09:00` on the clock of the zone, with
 * `Z` or an offset wherever it is, an epoch, `now`, or `-2h` counted back from now.
 */
export const parseMoment = (text: string, zone: Zone, now: number): number | undefined => {
  const typed = text.trim();
  if (/^now$/i.test(typed)) return now;
  const [, back] = /^(?:now\s*)?-\s*(\d+[smhdw])$/i.exec(typed) ?? [];
  if (back !== undefined) {
    const ms = lengthMs(back.toLowerCase());
    return ms === undefined ? undefined : now - ms;
  }
  if (/^\d{10,19}$/.test(typed)) return fromEpoch(typed);
  const [, day, clock = "00:00", seconds = ":00", offset = ""] = clockPattern.exec(typed) ?? [];
  if (day === undefined || !isDay(day)) return undefined;
  const wall = `${day}T${clock}${seconds.replace(",", ".")}`;
  const isUtc = offset === "" ? zone === "utc" : /^[zu]/i.test(offset);
  const ms = Date.parse(`${wall}${isUtc ? "Z" : offset}`);
  return Number.isNaN(ms) ? undefined : ms;
};

/** The range between two moments as they are typed, or what is wrong with which of them. */
export const parseRange = (
  from: string,
  to: string,
  zone: Zone,
  now: number,
): { readonly range: TimeRange } | { readonly wrong: "from" | "to"; readonly problem: string } => {
  const first = parseMoment(from, zone, now);
  const forms = "a time like 2026-11-22 09:00, with Z or an offset if need be, or -2h";
  if (first === undefined || first <= 0) return { wrong: "from", problem: `Write ${forms}.` };
  if (/^\s*now\s*$/i.test(to))
    return first < now
      ? { range: { kind: "since", from: first } }
      : { wrong: "from", problem: "This is not before now." };
  const last = parseMoment(to, zone, now);
  if (last === undefined) return { wrong: "to", problem: `Write now, or ${forms}.` };
  if (last <= first) return { wrong: "to", problem: "The end has to be after the beginning." };
  return { range: { kind: "between", from: first, to: last } };
};
