import { Dialog } from "../../components/dialog.tsx";
import { formatCount } from "../../format/number.ts";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { rangeText } from "../../view/range-text.ts";
import { between } from "../../view/time-range.ts";
import styles from "./histogram-table.module.css";
import { type Series, severities, sumOf } from "./series.ts";

interface TableProps {
  readonly series: Series;
  readonly onClose: () => void;
}

/** The numbers of the bars, for those who rather read. */
export const HistogramTable = ({ series, onClose }: TableProps) => {
  const { zone } = usePreferences().preferences;
  const { bars, totals, window, countedTo } = series;
  const filled = bars.filter(({ counts }) => sumOf(counts) > 0);
  const cells = (counts: typeof totals) =>
    [...severities.map((severity) => counts[severity]), sumOf(counts)].map(formatCount);
  return (
    <Dialog title="Entries over time" onClose={onClose}>
      <table className={styles.table}>
        <caption>
          {rangeText(between(window.from, window.to), zone)}. Times without entries are left out
          {countedTo < window.to && "; the end is not counted yet"}.
        </caption>
        <thead>
          <tr>
            {["time", ...severities, "all"].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {filled.map(({ from, to, counts }) => (
            <tr key={from}>
              <th scope="row">{rangeText(between(from, to), zone)}</th>
              {cells(counts).map((text, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change
                <td key={place}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
};
