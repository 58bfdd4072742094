import { lazy, useState } from "react";
import { Button } from "../../components/button.tsx";
import { formatCount } from "../../format/number.ts";
import { Fetched } from "../../shell/fetched.tsx";
import { StatsProgress } from "../../stats/stats-progress.tsx";
import styles from "./histogram.module.css";
import { Legend } from "./legend.tsx";
import { type Series, sumOf } from "./series.ts";
import type { useHistogram } from "./use-histogram.ts";

const HistogramTable = lazy(async () => ({
  default: (await import("./histogram-table.tsx")).HistogramTable,
}));

type HeadProps = Omit<ReturnType<typeof useHistogram>, "series"> & { readonly series: Series };

/** How many entries there are, by severity. */
export const HistogramHead = (props: HeadProps) => {
  const { series } = props;
  const [isTable, setTable] = useState(false);
  const total = sumOf(series.totals);
  return (
    <div className={styles.head}>
      <p className={styles.total}>
        <span role="status">
          <strong>{formatCount(total)}</strong> {total === 1 ? "entry" : "entries"}
        </span>
        <StatsProgress {...props} window={series.window} countedTo={series.countedTo} />
      </p>
      <Legend totals={series.totals} />
      <Button kind="quiet" aria-haspopup="dialog" onClick={() => setTable(true)}>
        Table
      </Button>
      {isTable && (
        <Fetched>
          <HistogramTable series={series} onClose={() => setTable(false)} />
        </Fetched>
      )}
    </div>
  );
};
