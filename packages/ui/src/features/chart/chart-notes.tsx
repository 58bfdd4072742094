import { WarningIcon } from "../../components/icons.tsx";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { StatsProgress } from "../../stats/stats-progress.tsx";
import type { StatsProgress as Progress } from "../../stats/use-stats.ts";
import { printMoment } from "../../view/moment.ts";
import type { TimeWindow } from "../../view/time-range.ts";
import styles from "./chart.module.css";

interface ChartNotesProps {
  readonly window: TimeWindow;
  readonly countedTo: number;
  readonly progress: Progress;
  readonly warnings: readonly string[];
}

/** What has to be known about the numbers. */
export const ChartNotes = ({ window, countedTo, progress, warnings }: ChartNotesProps) => {
  const { zone } = usePreferences().preferences;
  const isBrokenOff = countedTo < window.to && !progress.isCounting && !progress.canGoOn;
  const notes = [
    ...(isBrokenOff
      ? [
          `Measured up to ${printMoment(countedTo, zone)} only: there was no time for the rest. A shorter range or a narrower query gets all of it.`,
        ]
      : []),
    ...warnings,
  ];
  return (
    <>
      {!isBrokenOff && <StatsProgress {...{ window, countedTo }} {...progress} />}
      {notes.map((note) => (
        <p key={note} className={styles.note}>
          <WarningIcon /> {note}
        </p>
      ))}
    </>
  );
};
