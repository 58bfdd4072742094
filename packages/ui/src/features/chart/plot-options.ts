import type uPlot from "uplot";
import { ticksAlong } from "../../axis/time-ticks.ts";
import { valueTicks } from "../../axis/value-ticks.ts";
import { formatShort } from "../../format/number.ts";
import type { Preferences } from "../../preferences/preferences.ts";
import { type ChartData, type ChartGroup, stack } from "./chart-data.ts";
import { type ChartColours, isRepeated } from "./colours.ts";

export type Layout = "line" | "stack" | "beside";

export interface PlotInput {
  readonly data: ChartData;
  readonly layout: Layout;
  /** The keys of groups that are not drawn. */
  readonly hidden: ReadonlySet<string>;
  readonly colours: ChartColours;
  readonly zone: Preferences["zone"];
}

export interface PlotEvents {
  readonly onHover: (interval: number | undefined) => void;
  readonly onSelect: (from: number, to: number) => void;
  readonly onZoomOut: () => void;
}

/** Where the pointer is over the plot, in pixels. */
export interface Pointer {
  readonly left: number;
  readonly top: number;
}

interface Place {
  readonly size: { readonly width: number; readonly height: number };
  /** Undefined while it is elsewhere. */
  readonly pointer: Pointer | undefined;
}

interface Shown extends ChartGroup {
  readonly colour: string;
  readonly isDashed: boolean;
}

const shownOf = ({ data, hidden, colours }: PlotInput): readonly Shown[] =>
  data.groups
    .map((group, place) => ({
      ...group,
      colour: colours.groups[place] ?? colours.quiet,
      isDashed: group.by !== undefined && isRepeated(place),
    }))
    .filter(({ key }) => !hidden.has(key));

/** Where a group's bar stands in its interval, and on what. */
interface BarPlace {
  readonly slot: number;
  readonly slots: number;
  readonly bases: readonly number[];
}

/** Bars as wide as their interval, the first and the last one cut with it. */
const barPaths =
  ({ intervals }: ChartData, { values }: ChartGroup, { slot, slots, bases }: BarPlace) =>
  (plot: uPlot): uPlot.Series.Paths => {
    const fill = new Path2D();
    for (const [place, { from, to }] of intervals.entries()) {
      const value = values[place] ?? 0;
      if (value === 0) continue;
      const [left, right] = [plot.valToPos(from, "x", true), plot.valToPos(to, "x", true)];
      const gap = right - left > 4 ? 1 : 0;
      const width = (right - left - gap) / slots;
      const base = bases[place] ?? 0;
      const [bottom, top] = [
        plot.valToPos(base, "y", true),
        plot.valToPos(base + value, "y", true),
      ];
      fill.rect(
        left + slot * width,
        Math.min(top, bottom),
        Math.max(width, 1),
        Math.max(Math.abs(bottom - top), 1),
      );
    }
    return { stroke: null, fill, clip: null, flags: 0 };
  };

/** Points that no line leads to would not be seen. */
const lonelyPoints = (values: ChartGroup["line"]): number[] =>
  [...values.keys()].filter(
    (place) =>
      values[place] !== null &&
      (values[place - 1] ?? null) === null &&
      (values[place + 1] ?? null) === null,
  );

const seriesOf = ({ data, layout }: PlotInput, shown: readonly Shown[]): uPlot.Series[] => {
  if (layout === "line")
    return shown.map(({ label, colour, isDashed, line }) => ({
      label,
      stroke: colour,
      width: 1.5,
      ...(isDashed && { dash: [6, 4] }),
      points: { show: true, size: 4, fill: colour, filter: () => lonelyPoints(line) },
    }));
  const bases = stack(shown);
  const none = data.intervals.map(() => 0);
  return shown.map((group, slot) => ({
    label: group.label,
    fill: group.colour,
    points: { show: false },
    paths: barPaths(
      data,
      group,
      layout === "stack"
        ? { slot: 0, slots: 1, bases: bases[slot] ?? none }
        : { slot, slots: shown.length, bases: none },
    ),
  }));
};

/** The values as they are drawn: of stacked bars the tops. They decide the scale. */
const alignedOf = ({ data, layout }: PlotInput, shown: readonly Shown[]): uPlot.AlignedData => {
  const bases = layout === "stack" ? stack(shown) : [];
  return [
    // In the middle of its interval a value is nearest to where its bar is.
    data.intervals.map(({ from, to }) => (from + to) / 2),
    ...shown.map(({ values, line }, group) =>
      (layout === "line" ? line : values).map((value, place) =>
        value === null ? null : value + (bases[group]?.[place] ?? 0),
      ),
    ),
  ];
};

/** From zero to a round value; below zero only where there is something. */
const valueRange = (_: uPlot, min: number, max: number): uPlot.Range.MinMax => [
  -(valueTicks(-min).at(-1) ?? 0),
  valueTicks(max).at(-1) || (min < 0 ? 0 : 1),
];

const valueSplits = ({ scales }: uPlot): number[] => {
  const { min = 0, max = 0 } = scales.y ?? {};
  const below = valueTicks(-(min ?? 0))
    .slice(1)
    .map((value) => -value);
  return [...below.reverse(), ...valueTicks(max ?? 0)];
};

const axesOf = ({ data, colours, zone }: PlotInput): uPlot.Axis[] => {
  const font = `11px ${getComputedStyle(document.body).fontFamily}`;
  const lines = { stroke: colours.line, width: 1 };
  const ticksOf = (plot: uPlot) =>
    ticksAlong(data.window, zone, plot.bbox.width / devicePixelRatio);
  return [
    {
      stroke: colours.quiet,
      font,
      grid: { show: false },
      ticks: { ...lines, size: 4 },
      gap: 4,
      size: 26,
      splits: (plot) => ticksOf(plot).map(({ at }) => at),
      values: (plot) => ticksOf(plot).map(({ label }) => label),
    },
    {
      stroke: colours.quiet,
      font,
      grid: lines,
      ticks: { show: false },
      gap: 6,
      size: 48,
      splits: valueSplits,
      values: (_, values) => values.map(formatShort),
    },
  ];
};

/** All that the drawing needs to know, and its values. */
export const plotOptions = (
  input: PlotInput,
  events: PlotEvents,
  { size, pointer }: Place,
): { readonly options: uPlot.Options; readonly values: uPlot.AlignedData } => {
  const shown = shownOf(input);
  const { from, to } = input.data.window;
  const options: uPlot.Options = {
    ...size,
    ms: 1,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    scales: { x: { range: () => [from, to] }, y: { range: valueRange } },
    axes: axesOf(input),
    series: [{}, ...seriesOf(input, shown)],
    cursor: {
      ...pointer,
      y: false,
      points: { show: input.layout === "line" },
      drag: { x: true, y: false, setScale: false, dist: 4 },
      bind: {
        dblclick: () => () => {
          events.onZoomOut();
          return null;
        },
      },
    },
    hooks: {
      setCursor: [({ cursor }) => events.onHover(cursor.idx ?? undefined)],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width > 0)
            events.onSelect(plot.posToVal(left, "x"), plot.posToVal(left + width, "x"));
        },
      ],
    },
  };
  return { options, values: alignedOf(input, shown) };
};
