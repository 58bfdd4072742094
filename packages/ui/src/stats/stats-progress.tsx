import { Button } from "../components/button.tsx";
import { failureSentence } from "../components/failure-text.ts";
import { formatShare } from "../format/number.ts";
import { usePreferences } from "../preferences/preferences-provider.tsx";
import { printMoment } from "../view/moment.ts";
import type { TimeWindow } from "../view/time-range.ts";
import styles from "./stats-progress.module.css";
import type { StatsProgress as Progress } from "./use-stats.ts";

interface StatsProgressProps extends Progress {
  readonly window: TimeWindow;
  /** All before it is counted. */
  readonly countedTo: number;
}

/** How far it is counted, and the way to stop that or to go on; nothing where all is counted. */
export const StatsProgress = (props: StatsProgressProps) => {
  const { window, countedTo, error, isCounting, canGoOn, stop, goOn } = props;
  const { zone } = usePreferences().preferences;
  const { from, to } = window;
  if (!isCounting && countedTo === to) return null;
  const reach = isCounting
    ? `so far, ${formatShare((countedTo - from) / (to - from))} counted`
    : `up to ${printMoment(countedTo, zone)}; the rest is not counted`;
  return (
    <span className={styles.progress} title={error ? failureSentence(error) : undefined}>
      <span className={styles.reach}>{reach}</span>
      {(isCounting || canGoOn) && (
        <Button kind="quiet" onClick={isCounting ? stop : goOn}>
          {isCounting ? "Stop" : "Go on"}
        </Button>
      )}
    </span>
  );
};
