import { rangeText } from "../view/range-text.ts";
import type { View } from "../view/view.ts";

export const tabNames: Readonly<Record<View["tab"], string>> = {
  entries: "Entries",
  live: "Live",
  patterns: "Patterns",
  chart: "Chart",
};

/** The title of a view, by which its browser tab and its bookmark are told from others. */
export const titleOf = ({ tab, q, range }: View, zone: "local" | "utc"): string => {
  const time = tab === "live" ? [] : [rangeText(range, zone)];
  return [...(q ? [q] : []), tabNames[tab], ...time, "Logs"].join(" · ");
};
