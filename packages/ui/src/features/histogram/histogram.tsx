import { Button } from "../../components/button.tsx";
import { Spinner } from "../../components/spinner.tsx";
import styles from "./histogram.module.css";
import { HistogramHead } from "./histogram-head.tsx";
import { Plot } from "./plot.tsx";
import { useHistogram } from "./use-histogram.ts";

/** The matching entries over the time of the view, by severity. */
export const Histogram = () => {
  const histogram = useHistogram();
  const { series, error, isOld, retry } = histogram;
  return (
    <section aria-label="Entries over time" className={styles.histogram}>
      {series && (
        <div className={isOld ? styles.old : styles.new}>
          <HistogramHead {...histogram} series={series} />
          <Plot series={series} />
        </div>
      )}
      {!series && !error && (
        <p className={styles.waiting}>
          <Spinner label="Counting entries" />
        </p>
      )}
      {!series && error && (
        // What went wrong is told at length by the list below.
        <p className={styles.waiting}>
          <span>
            Not counted: {error.message}{" "}
            <Button kind="quiet" onClick={retry}>
              Try again
            </Button>
          </span>
        </p>
      )}
    </section>
  );
};
