import { WarningIcon } from "../../components/icons.tsx";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { printMoment } from "../../view/moment.ts";
import styles from "./chart.module.css";

interface ChartNotesProps {
  /** Up to where it is measured, where the service broke off and going on would not help. */
  readonly brokenOffAt: number | undefined;
  readonly warnings: readonly string[];
}

/** What has to be known about the numbers. */
export const ChartNotes = ({ brokenOffAt, warnings }: ChartNotesProps) => {
  const { zone } = usePreferences().preferences;
  const notes = [
    ...(brokenOffAt === undefined
      ? []
      : [
          `Measured up to ${printMoment(brokenOffAt, zone)} only: there was no time for the rest. A shorter range or a narrower query gets all of it.`,
        ]),
    ...warnings,
  ];
  return notes.map((note) => (
    <p key={note} className={styles.note}>
      <WarningIcon /> {note}
    </p>
  ));
};
