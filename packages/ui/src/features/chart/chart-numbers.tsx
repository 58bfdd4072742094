import { NumbersDialog } from "../../components/numbers-dialog.tsx";
import { formatNumber } from "../../format/number.ts";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { rangeText } from "../../view/range-text.ts";
import { between } from "../../view/time-range.ts";
import type { ChartData } from "./chart-data.ts";

interface ChartNumbersProps {
  readonly title: string;
  readonly data: ChartData;
  readonly onClose: () => void;
}

/** The numbers of the drawing. */
export const ChartNumbers = ({ title, data, onClose }: ChartNumbersProps) => {
  const { zone } = usePreferences().preferences;
  const { window, intervals, groups } = data;
  const cellOf = (value: number | null | undefined) =>
    value === null || value === undefined ? "–" : formatNumber(value);
  return (
    <NumbersDialog
      title={title}
      caption={rangeText(between(window.from, window.to), zone)}
      columns={["time", ...groups.map(({ label }) => label)]}
      rows={intervals.map(({ from, to }, place) => ({
        key: from,
        name: rangeText(between(from, to), zone),
        cells: groups.map(({ values }) => cellOf(values[place])),
      }))}
      onClose={onClose}
    />
  );
};
