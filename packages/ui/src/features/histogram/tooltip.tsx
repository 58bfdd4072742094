import { formatCount } from "../../format/number.ts";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { rangeText } from "../../view/range-text.ts";
import { between, type TimeWindow } from "../../view/time-range.ts";
import { type Bar, severities, sumOf } from "./series.ts";
import styles from "./tooltip.module.css";

interface TooltipProps {
  readonly bars: readonly Bar[];
  /** The time of the bars that are selected. */
  readonly window: TimeWindow;
  /** Where it points to, in pixels of the plot's width. */
  readonly at: number;
  readonly width: number;
}

/** The numbers of the selected bars. On the side that has more room. */
export const Tooltip = ({ bars, window, at, width }: TooltipProps) => {
  const { zone } = usePreferences().preferences;
  const selected = bars.filter(({ from, to }) => from >= window.from && to <= window.to);
  const countOf = (severity: (typeof severities)[number]) =>
    selected.reduce((sum, { counts }) => sum + counts[severity], 0);
  const total = selected.reduce((sum, { counts }) => sum + sumOf(counts), 0);
  const side = at > width / 2 ? { right: width - at + 12 } : { left: at + 52 };
  return (
    <div className={styles.tooltip} style={side} aria-hidden="true">
      <p className={styles.time}>{rangeText(between(window.from, window.to), zone)}</p>
      <dl className={styles.counts}>
        {severities.toReversed().map((severity) => (
          <div key={severity} className={`${styles.line} ${styles[severity]}`}>
            <dt>{severity}</dt>
            <dd>{formatCount(countOf(severity))}</dd>
          </div>
        ))}
        <div className={styles.line}>
          <dt>all</dt>
          <dd>{formatCount(total)}</dd>
        </div>
      </dl>
    </div>
  );
};
