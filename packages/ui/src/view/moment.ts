import { formatTime } from "../format/time.ts";
import type { Preferences } from "../preferences/preferences.ts";

/** A moment as it can be typed: without the parts that are zero. */
export const printMoment = (ms: number, zone: Preferences["zone"]): string =>
  formatTime(ms, zone)
    .replace(/\.000$/, "")
    .replace(/(:\d{2}):00$/, "$1");
