import { countOf, formatCount } from "../../format/number.ts";
import { type Arrivals, secondsShown, totalOf } from "./arrivals.ts";
import styles from "./live-bar.module.css";

const height = 22;

/** From the axis upwards. */
const severities = ["error", "warning", "info"] as const;

/** The last minute, a bar for each second that is over, stacked by severity. */
export const Sparkline = ({ arrivals }: { readonly arrivals: Arrivals }) => {
  const seconds = arrivals.seconds.slice(0, -1);
  const most = Math.max(1, ...seconds.map(totalOf));
  const path = (severity: (typeof severities)[number]): string =>
    seconds
      .map((counts, index) => {
        if (counts[severity] === 0) return "";
        const below = severities
          .slice(0, severities.indexOf(severity))
          .reduce((sum, other) => sum + counts[other], 0);
        const unit = height / most;
        const bottom = height - below * unit;
        return `M${2 * index} ${bottom.toFixed(1)}h1.6v${(-counts[severity] * unit).toFixed(1)}h-1.6z`;
      })
      .join("");
  return (
    <svg
      className={styles.sparkline}
      viewBox={`0 0 ${2 * (secondsShown - 1)} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Entries in each second of the last minute, ${formatCount(most)} at most`}
    >
      <title>{`The last minute; the highest bar is ${countOf(most, "entry", "entries")}`}</title>
      {severities.map((severity) => (
        <path key={severity} data-severity={severity} d={path(severity)} />
      ))}
    </svg>
  );
};
