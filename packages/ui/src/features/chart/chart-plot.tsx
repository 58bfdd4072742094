import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useWidth } from "../../components/use-width.ts";
import styles from "./chart-plot.module.css";
import { type PlotEvents, type PlotInput, plotOptions } from "./plot-options.ts";

interface ChartPlotProps extends PlotInput, PlotEvents {
  readonly label: string;
}

/** In pixels, as in chart-plot.module.css. */
const height = 300;

/** Lines or bars over time. Dragging selects a part of it. */
export const ChartPlot = (props: ChartPlotProps) => {
  const { data, layout, hidden, colours, zone, label } = props;
  const [ref, width] = useWidth();
  const canvas = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  // The newest, without drawing anew for them.
  const events = useRef<PlotEvents>(props);
  const size = useRef({ width, height });
  useEffect(() => {
    events.current = props;
    size.current = { width, height };
  });
  const isReady = width > 0;
  useEffect(() => {
    if (!isReady || !canvas.current) return undefined;
    const { options, values } = plotOptions(
      { data, layout, hidden, colours, zone },
      {
        onHover: (interval) => events.current.onHover(interval),
        onSelect: (from, to) => events.current.onSelect(from, to),
        onZoomOut: () => events.current.onZoomOut(),
      },
      size.current,
    );
    const drawn = new uPlot(options, values, canvas.current);
    plot.current = drawn;
    return () => drawn.destroy();
  }, [data, layout, hidden, colours, zone, isReady]);
  useEffect(() => {
    if (width > 0) plot.current?.setSize({ width, height });
  }, [width]);
  return (
    <div ref={ref} className={styles.plot} role="img" aria-label={label}>
      <div ref={canvas} />
    </div>
  );
};
