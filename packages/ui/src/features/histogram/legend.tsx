import { formatCount, formatShort } from "../../format/number.ts";
import { withTerm } from "../../query-text/edit-query.ts";
import { useView } from "../../view/view-provider.tsx";
import styles from "./legend.module.css";
import { type Counts, severities } from "./series.ts";

interface LegendProps {
  readonly totals: Counts;
}

/** The severities with their counts. One that is clicked is asked for. */
export const Legend = ({ totals }: LegendProps) => {
  const { edit } = useView();
  return (
    <ul className={styles.legend}>
      {severities.toReversed().map((severity) => (
        <li key={severity}>
          <button
            type="button"
            className={styles.item}
            title={`${formatCount(totals[severity])} ${severity}: show only these`}
            onClick={() => edit((q) => withTerm(q, { field: "severity", value: severity }))}
          >
            <span className={`${styles.swatch} ${styles[severity]}`} />
            {severity} <span className={styles.count}>{formatShort(totals[severity])}</span>
          </button>
        </li>
      ))}
    </ul>
  );
};
