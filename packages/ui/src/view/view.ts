import { lengthMs, rangeDefault, type TimeRange } from "./time-range.ts";

export const tabs = ["entries", "live", "patterns", "chart"] as const;

export type Tab = (typeof tabs)[number];

export const chartKinds = ["line", "bar", "table"] as const;

export const chartTops = [5, 10, 20] as const;

/** The columns by which patterns are ordered. */
export const patternKeys = ["count", "share", "severity", "firstSeen", "lastSeen"] as const;

export interface PatternOrder {
  readonly key: (typeof patternKeys)[number];
  readonly isAscending: boolean;
}

export interface ChartView {
  readonly kind: (typeof chartKinds)[number];
  /** As `GET /logs/stats` takes it: `count`, `p95(latency_ms)`. */
  readonly measure: string;
  /** A field, or nothing for all entries together. */
  readonly by: string;
  /** How many groups are kept apart; all others are one. */
  readonly top: (typeof chartTops)[number];
}

/** What patterns are compared with: as long right before, or the same time a day or a week ago. */
export const comparisons = ["none", "previous", "day", "week"] as const;

/** What a person looks at; all of it is in the address. */
export interface View {
  readonly tab: Tab;
  readonly q: string;
  readonly range: TimeRange;
  /** The id of the entry that is open. */
  readonly open: string | undefined;
  /** The id of the entry whose neighbours are shown. */
  readonly context: string | undefined;
  readonly chart: ChartView;
  readonly compare: (typeof comparisons)[number];
  readonly order: PatternOrder;
}

export const viewDefault: View = {
  tab: "entries",
  q: "",
  range: rangeDefault,
  open: undefined,
  context: undefined,
  chart: { kind: "line", measure: "count", by: "severity", top: 10 },
  compare: "none",
  order: { key: "count", isAscending: false },
};

const oneOf = <const Word extends string>(words: readonly Word[], text: string | null) =>
  words.find((word) => word === text);

/** Later ones cannot be written in all zones with four digits for the year, nor asked for. */
const momentMax = Date.UTC(9999, 11, 31);

const isMoment = (ms: number): boolean => Number.isInteger(ms) && ms >= 0 && ms <= momentMax;

const rangeOf = (search: URLSearchParams): TimeRange => {
  const [from, to] = [Number(search.get("from")), Number(search.get("to"))];
  if (isMoment(from) && isMoment(to) && from < to) return { kind: "between", from, to };
  if (isMoment(from) && from > 0 && !search.has("to")) return { kind: "since", from };
  const length = search.get("last") ?? "";
  return lengthMs(length) === undefined ? rangeDefault : { kind: "last", length };
};

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** What cannot be the id of an entry is not asked for. */
const idOf = (text: string | null): string | undefined =>
  text !== null && idPattern.test(text) ? text : undefined;

const printOrder = ({ key, isAscending }: PatternOrder): string => (isAscending ? key : `-${key}`);

const orderOf = (text: string): PatternOrder => {
  const key = oneOf(patternKeys, text.replace("-", ""));
  return key ? { key, isAscending: !text.startsWith("-") } : viewDefault.order;
};

/** The view that an address leads to. Whatever is wrong or missing in it is as by default. */
export const parseView = (address: string): View => {
  const search = new URLSearchParams(address);
  const { tab, chart } = viewDefault;
  return {
    tab: oneOf(tabs, search.get("tab")) ?? tab,
    q: search.get("q") ?? "",
    range: rangeOf(search),
    open: idOf(search.get("open")),
    context: idOf(search.get("context")),
    chart: {
      kind: oneOf(chartKinds, search.get("chart")) ?? chart.kind,
      measure: search.get("measure") ?? chart.measure,
      by: search.get("by") ?? chart.by,
      top: chartTops.find((top) => `${top}` === search.get("top")) ?? chart.top,
    },
    compare: oneOf(comparisons, search.get("compare")) ?? viewDefault.compare,
    order: orderOf(search.get("order") ?? ""),
  };
};

/** The address of a view, from its question mark on; empty for the default. */
export const printView = (view: View): string => {
  const { tab, q, range, open, context, chart, compare, order } = view;
  const search = new URLSearchParams();
  const set = (name: string, value: string | undefined, usual: string | undefined) => {
    if (value !== undefined && value !== usual) search.set(name, value);
  };
  set("tab", tab, viewDefault.tab);
  set("q", q, "");
  if (range.kind === "between") {
    search.set("from", `${range.from}`);
    search.set("to", `${range.to}`);
  } else if (range.kind === "since") search.set("from", `${range.from}`);
  else if (viewDefault.range.kind === "last") set("last", range.length, viewDefault.range.length);
  set("open", open, undefined);
  set("context", context, undefined);
  set("chart", chart.kind, viewDefault.chart.kind);
  set("measure", chart.measure, viewDefault.chart.measure);
  set("by", chart.by, viewDefault.chart.by);
  set("top", `${chart.top}`, `${viewDefault.chart.top}`);
  set("compare", compare, viewDefault.compare);
  set("order", printOrder(order), printOrder(viewDefault.order));
  const text = search.toString();
  return text ? `?${text}` : "";
};
