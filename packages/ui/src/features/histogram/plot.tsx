import { useId } from "react";
import { useSize } from "../../components/use-size.ts";
import shared from "../../design/shared.module.css";
import { countOf } from "../../format/number.ts";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { rangeText } from "../../view/range-text.ts";
import { between } from "../../view/time-range.ts";
import { Axes, gutter, plotHeight } from "./axes.tsx";
import { Bars } from "./bars.tsx";
import { xOf } from "./geometry.ts";
import styles from "./plot.module.css";
import { selectedWindow } from "./selection.ts";
import { type Series, severities, sumOf } from "./series.ts";
import { Tooltip } from "./tooltip.tsx";
import { usePlotKeys, usePlotPointer, useSelection } from "./use-plot.ts";

interface PlotProps {
  readonly series: Series;
}

/** The bars. They can be walked through, and a range of them zoomed to, with a pointer as with keys. */
export const Plot = ({ series }: PlotProps) => {
  const hintId = useId();
  const { zone } = usePreferences().preferences;
  const [ref, size] = useSize();
  const width = Math.max(size.width - gutter, 0);
  const selection = useSelection(series);
  const onKeyDown = usePlotKeys(series, selection);
  const pointer = usePlotPointer(series, width, selection);
  const { bars, window } = series;
  const selected = selectedWindow(selection.state, bars);
  const { cursor } = selection.state;
  const bar = cursor === undefined ? undefined : bars[cursor];
  const textOf = (one: typeof bar) =>
    one
      ? `${rangeText(between(one.from, one.to), zone)}: ${countOf(sumOf(one.counts), "entry", "entries")}, ${severities.map((name) => `${one.counts[name]} ${name}`).join(", ")}`
      : countOf(bars.length, "bar", "bars");
  return (
    <div ref={ref} className={styles.plot}>
      <Axes series={series} width={width} />
      <div
        className={styles.surface}
        role="slider"
        tabIndex={0}
        aria-label="Bars of entries over time"
        aria-describedby={hintId}
        aria-valuemin={0}
        aria-valuemax={Math.max(bars.length - 1, 0)}
        aria-valuenow={cursor ?? 0}
        aria-valuetext={textOf(bar)}
        onKeyDown={onKeyDown}
        onBlur={selection.clear}
        {...pointer}
      >
        <Bars series={series} width={width} height={plotHeight} />
        {selected && (
          <div
            className={selection.state.anchor === undefined ? styles.cursor : styles.selected}
            style={{
              left: xOf(selected.from, window, width),
              width: Math.max(
                xOf(selected.to, window, width) - xOf(selected.from, window, width),
                1,
              ),
            }}
          />
        )}
        <span id={hintId} className={shared.unseen}>
          Arrows move along the bars, with Shift they select, Enter zooms in.
        </span>
      </div>
      {bar && selected && (
        <Tooltip
          bars={bars}
          window={selected}
          at={xOf((bar.from + bar.to) / 2, window, width)}
          width={width}
        />
      )}
    </div>
  );
};
