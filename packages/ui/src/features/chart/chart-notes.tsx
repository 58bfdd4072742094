import { WarningIcon } from "../../components/icons.tsx";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { printMoment } from "../../view/moment.ts";
import styles from "./chart.module.css";

interface ChartNotesProps {
  readonly countedTo: number | undefined;
  readonly warnings: readonly string[];
}

/** What has to be known about the numbers. */
export const ChartNotes = ({ countedTo, warnings }: ChartNotesProps) => {
  const { zone } = usePreferences().preferences;
  const notes = [
    ...(countedTo === undefined
      ? []
      : [
          `Measured up to ${printMoment(countedTo, zone)} only: there was no time for the rest. A shorter range or a narrower query gets all of it.`,
        ]),
    ...warnings.filter((text) => countedTo === undefined || !text.includes("budget")),
  ];
  return notes.map((note) => (
    <p key={note} className={styles.note}>
      <WarningIcon /> {note}
    </p>
  ));
};
