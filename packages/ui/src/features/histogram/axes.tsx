import { memo } from "react";
import { ticksAlong } from "../../axis/time-ticks.ts";
import { formatShort } from "../../format/number.ts";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import styles from "./axes.module.css";
import { topOf } from "./bars.tsx";
import type { Series } from "./series.ts";

/** The room for values on the left, and the height of the bars. In pixels, as in plot.module.css. */
export const gutter = 40;
export const plotHeight = 80;

interface AxesProps {
  readonly series: Series;
  readonly width: number;
}

/** Lines and labels behind the bars. */
export const Axes = memo(({ series, width }: AxesProps) => {
  const { zone } = usePreferences().preferences;
  const values = topOf(series);
  const top = values.at(-1) ?? 0;
  return (
    <div className={styles.axes} aria-hidden="true">
      {values.map((value) => (
        <div
          key={value}
          className={styles.value}
          style={{ top: plotHeight - (top > 0 ? (value / top) * plotHeight : 0) }}
        >
          <span className={styles.valueLabel}>{formatShort(value)}</span>
        </div>
      ))}
      {ticksAlong(series.window, zone, width).map(({ at, x, label }) => (
        <div key={at} className={styles.time} style={{ left: gutter + x }}>
          <span className={styles.timeLabel}>{label}</span>
        </div>
      ))}
    </div>
  );
});
