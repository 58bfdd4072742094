import { NumbersDialog } from "../../components/numbers-dialog.tsx";
import { formatCount } from "../../format/number.ts";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { rangeText } from "../../view/range-text.ts";
import { between } from "../../view/time-range.ts";
import { type Series, severities, sumOf } from "./series.ts";

interface HistogramTableProps {
  readonly series: Series;
  readonly onClose: () => void;
}

/** The numbers of the bars. */
export const HistogramTable = ({ series, onClose }: HistogramTableProps) => {
  const { zone } = usePreferences().preferences;
  const { bars, window, countedTo } = series;
  const rest = countedTo < window.to ? "; the end is not counted yet" : "";
  return (
    <NumbersDialog
      title="Entries over time"
      caption={`${rangeText(between(window.from, window.to), zone)}. Times without entries are left out${rest}.`}
      columns={["time", ...severities, "all"]}
      rows={bars
        .filter(({ counts }) => sumOf(counts) > 0)
        .map(({ from, to, counts }) => ({
          key: from,
          name: rangeText(between(from, to), zone),
          cells: [...severities.map((severity) => counts[severity]), sumOf(counts)].map(
            formatCount,
          ),
        }))}
      onClose={onClose}
    />
  );
};
