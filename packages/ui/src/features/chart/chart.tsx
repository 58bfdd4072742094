import { type ReactNode, useState } from "react";
import { printInterval } from "../../axis/interval.ts";
import { Button } from "../../components/button.tsx";
import { Failure } from "../../components/failure.tsx";
import { Spinner } from "../../components/spinner.tsx";
import shared from "../../design/shared.module.css";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { StatsProgress } from "../../stats/stats-progress.tsx";
import { rangeText } from "../../view/range-text.ts";
import { between, zoomOut } from "../../view/time-range.ts";
import { useView } from "../../view/view-provider.tsx";
import styles from "./chart.module.css";
import { ChartControls } from "./chart-controls.tsx";
import { ChartNotes } from "./chart-notes.tsx";
import { ChartNumbers } from "./chart-numbers.tsx";
import { ChartPlot } from "./chart-plot.tsx";
import { useColours } from "./colours.ts";
import { GroupsTable } from "./groups-table.tsx";
import { printMeasure } from "./measure.ts";
import { useChart } from "./use-chart.ts";

type Charts = ReturnType<typeof useChart>;
type DrawnProps = NonNullable<Charts["charted"]> &
  Pick<Charts, "layout"> & {
    /** How far it is measured, while that is not all. */
    readonly reach: ReactNode;
  };

/** The keys that are in the set no more, or now. */
const toggled = (keys: ReadonlySet<string>, key: string): ReadonlySet<string> =>
  keys.symmetricDifference(new Set([key]));

const useHidden = () => {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  return { hidden, toggle: (key: string) => setHidden(toggled(hidden, key)) };
};

const Drawn = ({ data, measure, layout, reach }: DrawnProps) => {
  const { view, window, show } = useView();
  const { zone } = usePreferences().preferences;
  const colours = useColours(data.groups);
  const { hidden, toggle } = useHidden();
  const [hovered, setHovered] = useState<number>();
  const [isOpen, setOpen] = useState(false);
  const title = `${printMeasure(measure)} over time`;
  const { intervalMs, intervals } = data;
  const per = intervals.length > 0 ? `, per ${printInterval(intervalMs)}` : "";
  const interval = hovered === undefined ? undefined : intervals[hovered];
  const table = { data, measure, colours: colours.groups, hidden };
  if (view.chart.kind === "table")
    return (
      <>
        {reach}
        <GroupsTable {...table} onToggle={undefined} hovered={undefined} />
      </>
    );
  return (
    <>
      <div className={styles.head}>
        <span className={styles.title}>
          {title}
          {interval ? ` · ${rangeText(between(interval.from, interval.to), zone)}` : per}
        </span>
        {reach}
        <Button kind="quiet" aria-haspopup="dialog" onClick={() => setOpen(true)}>
          Numbers
        </Button>
      </div>
      <ChartPlot
        label={`${title}; the numbers are below, and by interval in the dialog Numbers`}
        data={data}
        layout={layout}
        hidden={hidden}
        colours={colours}
        zone={zone}
        onHover={setHovered}
        onSelect={(from, to) => show({ range: between(from, to) })}
        onZoomOut={() => show({ range: zoomOut(window, Date.now()) })}
      />
      <GroupsTable {...table} onToggle={toggle} hovered={hovered} />
      {isOpen && <ChartNumbers title={title} data={data} onClose={() => setOpen(false)} />}
    </>
  );
};

const Charting = ({ layout, charted, failure, isOld, progress, retry }: Charts) => {
  if (failure) return <Failure error={failure} onRetry={retry} />;
  if (!charted)
    return (
      <p className={styles.waiting}>
        <Spinner label="Measuring" />
      </p>
    );
  const { data, measure, countedTo, warnings } = charted;
  const goesOn = progress.isCounting || progress.canGoOn;
  const reach = goesOn && (
    <StatsProgress {...progress} window={data.window} countedTo={countedTo} />
  );
  if (data.groups.length === 0 && goesOn) return <div className={styles.waiting}>{reach}</div>;
  if (data.groups.length === 0)
    return (
      <p className={styles.waiting}>
        {data.unmeasured.length > 0
          ? `No entry has a number for ${printMeasure(measure)} in this time. Choose another field, or look further back.`
          : "No entry matches in this time. Look further back, or ask for less."}
      </p>
    );
  return (
    <div className={isOld ? shared.old : shared.new}>
      <ChartNotes
        brokenOffAt={goesOn || countedTo === data.window.to ? undefined : countedTo}
        warnings={warnings}
      />
      <Drawn {...charted} layout={layout} reach={reach} />
    </div>
  );
};

/** A measure over time by groups, as lines, as bars or as a table. */
export const Chart = () => (
  <section aria-label="Chart" className={`${shared.pane} ${styles.chart}`}>
    <ChartControls />
    <Charting {...useChart()} />
  </section>
);
