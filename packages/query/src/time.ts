/** The moments that a written time names, in milliseconds since 1970, both ends included. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

const iso =
  /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d)(?::?(\d\d)(?::?(\d\d)(?:\.(\d{1,3})\d*)?)?)?(Z|[+-]\d\d:?\d\d)?)?$/i;
const minuteMs = 60_000;

/**
 * Reads a time in ISO 8601, or in milliseconds since 1970; undefined for anything else. A shortened time spans the
 * day, hour, minute, second or part of one that it names. Without an offset it is UTC.
 */
export const parseTime = (text: string): TimeSpan | undefined => {
  if (/^\d{1,16}$/.test(text)) return { from: Number(text), to: Number(text) };
  const parts = iso.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, offset] = parts;
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
  // Date carries what is too large over into the next month; such a day is refused.
  if (new Date(date).toISOString().slice(0, 10) !== text.slice(0, 10)) return undefined;
  if (Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 59) {
    return undefined;
  }
  const time =
    date +
    Number(hour ?? 0) * 60 * minuteMs +
    Number(minute ?? 0) * minuteMs +
    Number(second ?? 0) * 1000 +
    Number((fraction ?? "0").padEnd(3, "0"));
  const from = time - offsetMs(offset);
  return { from, to: from + lengthMs(hour, minute, second, fraction) - 1 };
};

const lengthMs = (hour?: string, minute?: string, second?: string, fraction?: string): number => {
  if (hour === undefined) return 24 * 60 * minuteMs;
  if (minute === undefined) return 60 * minuteMs;
  if (second === undefined) return minuteMs;
  return fraction === undefined ? 1000 : 10 ** (3 - fraction.length);
};

const offsetMs = (offset: string | undefined): number => {
  if (offset === undefined || offset.toUpperCase() === "Z") return 0;
  const digits = offset.replace(":", "");
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (offset.startsWith("-") ? -1 : 1) * minutes * minuteMs;
};

const printed = /^\d{4}-/;

/** Writes a time so that `parseTime` reads exactly this millisecond again. */
export const printTime = (time: number): string => {
  const text =
    Number.isInteger(time) && Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : "";
  return printed.test(text) ? text : String(time);
};
