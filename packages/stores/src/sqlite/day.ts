/** A UTC day as a count of days since 1970. A chunk belongs to the day of its max time. */
export type Day = number;

const dayMs = 86_400_000;
const fileShape = /^(\d{4,6}-\d\d-\d\d)(?:\.damaged-(\d+))?\.db$/;
const unfinishedShape = /\.db\.new(-wal|-shm|-journal)?$/;

export const dayOf = (time: number): Day => Math.floor(time / dayMs);

/** The first millisecond of the day. */
export const startOfDay = (day: Day): number => day * dayMs;

/** The day as people write it, `2026-11-22`; the year has five digits from 10000 on. */
export const nameOfDay = (day: Day): string => {
  const [date = ""] = new Date(startOfDay(day)).toISOString().split("T");
  return date.replace(/^\+0?/, "");
};

const parseDay = (name: string): Day => {
  const year = name.slice(0, -6);
  // Beyond 9999, ISO 8601 has a sign and six digits.
  const date = year.length > 4 ? `+${year.padStart(6, "0")}${name.slice(-6)}` : name;
  return dayOf(Date.parse(`${date}T00:00:00Z`));
};

/** One file of a day: the live one, or one that was set aside because it is damaged, numbered from 1. */
export interface DayFile {
  readonly day: Day;
  readonly damaged: number | undefined;
  readonly name: string;
}

export const dayFile = (day: Day, damaged?: number): DayFile => {
  const suffix = damaged === undefined ? "" : `.damaged-${damaged}`;
  return { day, damaged, name: `${nameOfDay(day)}${suffix}.db` };
};

/** Reads a file name; undefined for any other file in the folder. */
export const parseDayFile = (name: string): DayFile | undefined => {
  const [, date, damaged] = fileShape.exec(name) ?? [];
  if (date === undefined) return undefined;
  const day = parseDay(date);
  if (!Number.isInteger(day)) return undefined;
  return dayFile(day, damaged === undefined ? undefined : Number(damaged));
};

/** Whether the file was being made when its process ended. It holds no chunk yet. */
export const isUnfinished = (name: string): boolean => unfinishedShape.test(name);

/** What people and logs call it. */
export const describeDayFile = ({ day, name }: DayFile): string =>
  `the day ${nameOfDay(day)} (${name})`;
