import { lazy, useState } from "react";
import { Button } from "../../components/button.tsx";
import { failureSentence } from "../../components/failure-text.ts";
import { formatCount, formatShare } from "../../format/number.ts";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { Fetched } from "../../shell/fetched.tsx";
import { printMoment } from "../../view/moment.ts";
import styles from "./histogram.module.css";
import { Legend } from "./legend.tsx";
import { type Series, sumOf } from "./series.ts";
import type { useHistogram } from "./use-histogram.ts";

const HistogramTable = lazy(async () => ({
  default: (await import("./histogram-table.tsx")).HistogramTable,
}));

type HeadProps = Omit<ReturnType<typeof useHistogram>, "series"> & { readonly series: Series };

/** How far it is counted, and the way to stop that or to go on. */
const Progress = ({ series, error, isCounting, canGoOn, stop, goOn }: HeadProps) => {
  const { zone } = usePreferences().preferences;
  const { from, to } = series.window;
  if (isCounting)
    return (
      <span className={styles.progress}>
        <span className={styles.reach}>
          so far, {formatShare((series.countedTo - from) / (to - from))} counted
        </span>
        <Button kind="quiet" onClick={stop}>
          Stop
        </Button>
      </span>
    );
  if (series.countedTo === to) return null;
  return (
    <span className={styles.progress} title={error ? failureSentence(error) : undefined}>
      <span className={styles.reach}>
        up to {printMoment(series.countedTo, zone)}; the rest is not counted
      </span>
      {canGoOn && (
        <Button kind="quiet" onClick={goOn}>
          Go on
        </Button>
      )}
    </span>
  );
};

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
        <Progress {...props} />
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
