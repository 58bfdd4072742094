import { useEffect, useMemo, useRef, useState } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useSize } from "../../components/use-size.ts";
import styles from "./chart-plot.module.css";
import { type PlotEvents, type PlotInput, type Pointer, plotOptions } from "./plot-options.ts";

interface ChartPlotProps extends PlotInput, PlotEvents {
  readonly label: string;
}

/** The newest value, but while somebody drags over what is drawn the one that was there before. */
const useHeldWhileDragging = <Value,>(newest: Value) => {
  const [isDragging, setDragging] = useState(false);
  const [held, setHeld] = useState(newest);
  if (!isDragging && held !== newest) setHeld(newest);
  useEffect(() => {
    // The document hears it first, and there the plot does.
    const release = () => setDragging(false);
    addEventListener("mouseup", release);
    return () => removeEventListener("mouseup", release);
  }, []);
  return { held: isDragging ? held : newest, onMouseDown: () => setDragging(true) };
};

/** Lines or bars over time. Dragging selects a part of it. */
export const ChartPlot = (props: ChartPlotProps) => {
  const { data, layout, hidden, colours, zone, label } = props;
  const newest = useMemo(
    () => ({ data, layout, hidden, colours, zone }),
    [data, layout, hidden, colours, zone],
  );
  const { held: input, onMouseDown } = useHeldWhileDragging(newest);
  const pointer = useRef<Pointer>(undefined);
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
      input,
      {
        onHover: (interval) => events.current.onHover(interval),
        onSelect: (from, to) => events.current.onSelect(from, to),
        onZoomOut: () => events.current.onZoomOut(),
      },
      { size: newestSize.current, pointer: pointer.current },
    );
    const drawn = new uPlot(options, values, canvas.current);
    plot.current = drawn;
    return () => {
      const { left = -1, top = -1 } = drawn.cursor;
      pointer.current = left < 0 ? undefined : { left, top };
      drawn.destroy();
    };
  }, [input, isReady]);
  useEffect(() => {
    if (size.width > 0) plot.current?.setSize(size);
  }, [size]);
  return (
    <div ref={ref} className={styles.plot} role="img" aria-label={label}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the time range selects the same without a mouse */}
      <div ref={canvas} onMouseDown={onMouseDown} />
    </div>
  );
};
