import type { TimeWindow } from "../../view/time-range.ts";
import { type Bar, type Series, type Severity, severities } from "./series.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const xOf = (time: number, { from, to }: TimeWindow, width: number): number =>
  ((time - from) / (to - from)) * width;

/** Where a bar is, in whole pixels so that its edges are sharp. */
const columnOf = ({ from, to }: Bar, window: TimeWindow, width: number, gap: number) => {
  const x = Math.round(xOf(from, window, width));
  const end = Math.round(xOf(to, window, width));
  return { x, width: Math.max(end - x - gap, 1) };
};

/** Whatever is there is seen: one error among thousands of entries has this height too. */
const heightMin = 1.5;

/** The outline of all parts of one severity, bars stacked up to `top`. */
export const severityPaths = (
  { bars, window }: Series,
  top: number,
  { width, height }: Size,
): Readonly<Record<Severity, string>> => {
  const paths = { error: "", warning: "", info: "" };
  // The same for all: with some of them only, they would look like groups.
  const gap = width / bars.length > 4 ? 1 : 0;
  for (const bar of bars) {
    const column = columnOf(bar, window, width, gap);
    let y = height;
    for (const severity of severities) {
      const count = bar.counts[severity];
      if (count === 0) continue;
      const part = Math.max((count / top) * height, heightMin);
      y = Math.max(y - part, 0);
      paths[severity] +=
        `M${column.x} ${y.toFixed(1)}h${column.width}v${part.toFixed(1)}h-${column.width}z`;
    }
  }
  return paths;
};

/** The place of the bar under a point of the plot; the nearest one beside it. */
export const barAt = ({ bars, window }: Series, x: number, width: number): number => {
  const time = window.from + (x / width) * (window.to - window.from);
  const place = bars.findIndex(({ to }) => time < to);
  return place === -1 ? bars.length - 1 : place;
};
