import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useSize } from "../../components/use-size.ts";
import styles from "./chart-plot.module.css";
import { type PlotEvents, type PlotInput, plotOptions } from "./plot-options.ts";

interface ChartPlotProps extends PlotInput, PlotEvents {
  readonly label: string;
}

/** Lines or bars over time. Dragging selects a part of it. */
export const ChartPlot = (props: ChartPlotProps) => {
  const { data, layout, hidden, colours, zone, label } = props;
  const [ref, size] = useSize();
  const canvas = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  // The newest, without drawing anew for them.
  const events = useRef<PlotEvents>(props);
  const newestSize = useRef(size);
  useEffect(() => {
    events.current = props;
    newestSize.current = size;
  });
  const isReady = size.width > 0;
  useEffect(() => {
    if (!isReady || !canvas.current) return undefined;
    const { options, values } = plotOptions(
      { data, layout, hidden, colours, zone },
      {
        onHover: (interval) => events.current.onHover(interval),
        onSelect: (from, to) => events.current.onSelect(from, to),
        onZoomOut: () => events.current.onZoomOut(),
      },
      newestSize.current,
    );
    const drawn = new uPlot(options, values, canvas.current);
    plot.current = drawn;
    return () => drawn.destroy();
  }, [data, layout, hidden, colours, zone, isReady]);
  useEffect(() => {
    if (size.width > 0) plot.current?.setSize(size);
  }, [size]);
  return (
    <div ref={ref} className={styles.plot} role="img" aria-label={label}>
      <div ref={canvas} />
    </div>
  );
};
