import { formatCount } from "../../format/number.ts";
import type { Pattern } from "./sections.ts";
import styles from "./severity-split.module.css";

type Severities = Pattern["severities"];

const severities = ["error", "warning", "info"] as const satisfies readonly (keyof Severities)[];

interface SeveritySplitProps {
  readonly counts: Severities;
}

/** How many of each severity, as parts of a bar, with the worst of them named. */
export const SeveritySplit = ({ counts }: SeveritySplitProps) => {
  const there = severities.filter((severity) => counts[severity] > 0);
  const text = there.map((severity) => `${formatCount(counts[severity])} ${severity}`).join(", ");
  return (
    <span className={styles.split} title={text}>
      <span className={styles.worst} data-severity={there[0]}>
        {there[0]}
      </span>
      <span className={styles.parts} role="img" aria-label={text}>
        {there.map((severity) => (
          <span key={severity} data-severity={severity} style={{ flexGrow: counts[severity] }} />
        ))}
      </span>
    </span>
  );
};
