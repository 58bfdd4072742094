/** The last millisecond that ISO 8601 writes with four digits for the year: 9999-12-31T23:59:59.999Z. */
export const timestampMax = 253_402_300_799_999;

export const timestampExample = "2026-11-22T09:00:00.123Z";

// RFC 3339 with its space for the T and its lower case, and what else ISO 8601 allows and loggers write: a comma for
// the point, a zone without its colon or its minutes, and no seconds where they are zero.
const shape =
  /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,40}))?)?(?:[Zz]|([+-])(\d\d)(?::?(\d\d))?)$/;

/**
 * Parses a date-time of ISO 8601 into milliseconds since 1970; undefined when the text is not one, names a day or an
 * hour that does not exist, or lies before 1970. The zone is required: a server cannot know the sender's. Digits
 * beyond the millisecond are cut off, not rounded, so that no entry moves ahead.
 */
export const parseTimestamp = (text: string): number | undefined => {
  const parts = shape.exec(text);
  if (parts === null) return undefined;
  const [, day, minute, second = "00", fraction = "", sign, zoneHour = "0", zoneMinute = "0"] =
    parts;
  const plain = `${day}T${minute}:${second}.${fraction.slice(0, 3).padEnd(3, "0")}Z`;
  const time = Date.parse(plain);
  // Date.parse takes February 30 for March 2, and 24:00 for the next day.
  if (Number.isNaN(time) || new Date(time).toISOString() !== plain) return undefined;
  if (Number(zoneHour) > 23 || Number(zoneMinute) > 59) return undefined;
  const zoneMs = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000;
  const utc = sign === "-" ? time + zoneMs : time - zoneMs;
  return utc >= 0 && utc <= timestampMax ? utc : undefined;
};
