import type { Preferences } from "../preferences/preferences.ts";

type Zone = Preferences["zone"];

const pad = (value: number, length = 2): string => `${value}`.padStart(length, "0");

/** A moment as `2026-11-22 09:00:00.123`, in the browser's zone or in UTC. */
export const formatTime = (ms: number, zone: Zone): string => {
  const date = new Date(ms);
  // Shifted, so that the parts in UTC are those on the wall.
  const wall = zone === "utc" ? date : new Date(ms - date.getTimezoneOffset() * 60_000);
  return wall.toISOString().slice(0, 23).replace("T", " ");
};

/** The same without its day. */
export const formatClock = (ms: number, zone: Zone): string => formatTime(ms, zone).slice(11);

/** How far a zone is from UTC, as in `UTC+01:00`. */
export const formatZone = (ms: number, zone: Zone): string => {
  const minutes = zone === "utc" ? 0 : -new Date(ms).getTimezoneOffset();
  if (minutes === 0) return "UTC";
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
};
