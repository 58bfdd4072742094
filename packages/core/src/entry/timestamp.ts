/**
 * Times on the wire: ISO 8601 with a zone, and the one form that is sent back. Both run once an entry, so they work on
 * character codes and whole days; nothing is cached and no `Date` is made.
 */

const dayMs = 86_400_000;

/** Days from 1970-01-01 to a day of the proleptic Gregorian calendar (Howard Hinnant, `days_from_civil`). */
const daysFromCivil = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146_097 + yearOfEra * 365 + leapDays + dayOfYear - 719_468;
};

const daysInMonth = (year: number, month: number): number => {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
};

/** NaN unless the parts name a moment that exists. A leap second does not: a day here has 86,400 seconds. */
const toEpochMs = (
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number =>
  month >= 1 &&
  month <= 12 &&
  day >= 1 &&
  day <= daysInMonth(year, month) &&
  hour <= 23 &&
  minute <= 59 &&
  second <= 59
    ? daysFromCivil(year, month, day) * dayMs + hour * 3_600_000 + minute * 60_000 + second * 1000
    : Number.NaN;

/** The number in the two digits at `at`; NaN when one is not a digit. */
const twoDigits = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
};

/** `T` at 10, `:` at 13 and 16, `-` at 4 and 7, and behind the seconds either `Z` or `.mmmZ`. */
const isUsualForm = (text: string): boolean =>
  text.charCodeAt(10) === 84 &&
  text.charCodeAt(13) === 58 &&
  text.charCodeAt(16) === 58 &&
  text.charCodeAt(4) === 45 &&
  text.charCodeAt(7) === 45 &&
  text.charCodeAt(text.length - 1) === 90 &&
  (text.length === 20 || (text.length === 24 && text.charCodeAt(19) === 46));

// A space for the T, a comma for the point and lower case are in RFC 3339 or ISO 8601, and loggers write them. Java
// leaves out seconds that are zero.
const anyForm =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,40}))?)?([Zz]|[+-]\d{2}(?::?\d{2})?)$/;

const zoneOffsetMs = (zone: string): number => {
  if (zone === "Z" || zone === "z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = zone.length > 3 ? Number(zone.slice(-2)) : 0;
  if (hours > 23 || minutes > 59) return Number.NaN;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
};

const parseAnyForm = (text: string): number => {
  const match = anyForm.exec(text);
  if (match === null) return Number.NaN;
  const [, year, month, day, hour, minute, second = "0", fraction = "", zone = "Z"] = match;
  const seconds = toEpochMs(
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  return seconds + Number(fraction.slice(0, 3).padEnd(3, "0")) - zoneOffsetMs(zone);
};

/**
 * Parses an ISO 8601 date-time with a zone (`Z`, `+02:00`, `+0200`, `+02`) to milliseconds since 1970; finer
 * fractions are cut. NaN for anything else, for days and hours that do not exist, and for leap seconds. `Date.parse`
 * would take Feb 30 for Mar 2 and a missing zone for the server's own.
 */
export const parseIsoTimestamp = (text: string): number => {
  if (!isUsualForm(text)) return parseAnyForm(text);
  const millis = text.length === 24 ? twoDigits(text, 20) * 10 + (text.charCodeAt(22) - 48) : 0;
  const lastDigit = text.length === 24 ? text.charCodeAt(22) - 48 : 0;
  if (lastDigit < 0 || lastDigit > 9) return Number.NaN;
  return (
    toEpochMs(
      twoDigits(text, 0) * 100 + twoDigits(text, 2),
      twoDigits(text, 5),
      twoDigits(text, 8),
      twoDigits(text, 11),
      twoDigits(text, 14),
      twoDigits(text, 17),
    ) + millis
  );
};

const pairs = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, "0"));

const pair = (value: number): string => pairs[value] as string; // callers pass 0..99

/** The last moment that four digits of a year can name. */
const lastPlainMs = 253_402_300_799_999;

/** Formats milliseconds since 1970, >= 0, as `2026-11-22T09:00:00.123Z`. */
export const formatTimestamp = (ms: number): string => {
  if (ms > lastPlainMs) return new Date(ms).toISOString();
  const days = Math.floor(ms / dayMs);
  // Howard Hinnant, `civil_from_days`.
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const rest = ms - days * dayMs;
  const seconds = Math.floor(rest / 1000);
  const minutes = Math.floor(seconds / 60);
  const millis = rest - seconds * 1000;
  const fraction = millis < 100 ? `0${pair(millis)}` : String(millis);
  const date = `${pair(Math.floor(year / 100))}${pair(year % 100)}-${pair(month)}-${pair(day)}`;
  const time = `${pair(Math.floor(minutes / 60))}:${pair(minutes % 60)}:${pair(seconds % 60)}`;
  return `${date}T${time}.${fraction}Z`;
};
