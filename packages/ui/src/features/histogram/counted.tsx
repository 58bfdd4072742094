import { Button } from "../../components/button.tsx";
import { failureSentence } from "../../components/failure-text.ts";
import shared from "../../design/shared.module.css";
import styles from "./histogram.module.css";
import { HistogramHead } from "./histogram-head.tsx";
import { Plot } from "./plot.tsx";
import { useHistogram } from "./use-histogram.ts";
import { Waiting } from "./waiting.tsx";

/** The totals and the bars, or why there are none. */
export const Counted = () => {
  const histogram = useHistogram();
  const { series, error, isOld, retry } = histogram;
  if (series)
    return (
      <div className={isOld ? shared.old : shared.new}>
        <HistogramHead {...histogram} series={series} />
        <Plot series={series} />
      </div>
    );
  if (!error) return <Waiting />;
  return (
    // What went wrong is told at length by the list below.
    <p className={styles.waiting}>
      <span>
        Not counted: {failureSentence(error)}{" "}
        <Button kind="quiet" onClick={retry}>
          Try again
        </Button>
      </span>
    </p>
  );
};
