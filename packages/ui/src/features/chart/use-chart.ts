import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { intervalFor, printInterval } from "../../axis/interval.ts";
import { useClient } from "../../client/client-provider.tsx";
import { useStats } from "../../stats/use-stats.ts";
import { useView } from "../../view/view-provider.tsx";
import { warningsOf } from "../entries/warnings.ts";
import { measuredToOf, toChartData } from "./chart-data.ts";
import { type Answer, joinAnswers, nextFromOf } from "./join-answers.ts";
import { isAdditive, parseMeasure, parseMeasures, printMeasure } from "./measure.ts";

/** Bars side by side need more room than lines and stacks. */
const barsMax = { line: 120, stack: 60, beside: 24 };

const chartedOf = (totals: readonly Answer[] = [], course: readonly Answer[] = []) => {
  const [whole, parts] = [joinAnswers(totals), joinAnswers(course)];
  if (!whole) return undefined;
  const [measure = { name: "count" }] = parseMeasures(whole.measure);
  const joined = parts ? [whole, parts] : [whole];
  return {
    measure,
    data: toChartData(whole, parts, measure),
    warnings: warningsOf(joined),
    /** Up to where all is measured. */
    countedTo: Math.min(...joined.map(measuredToOf)),
  } as const;
};

/** The newest of a value while it is whole; until then the last one that was. */
const useLastWhole = <Value>(newest: Value, isWhole: boolean): Value => {
  const [held, setHeld] = useState(newest);
  if (isWhole && held !== newest) setHeld(newest);
  return isWhole ? newest : held;
};

/** Measures the groups that the view asks for: each over all of the time, and its course. */
export const useChart = () => {
  const { view, window } = useView();
  const { q, chart } = view;
  const { from, to } = window;
  const measure = parseMeasure(chart.measure);
  const measureText = printMeasure(measure);
  const layout = chart.kind !== "bar" ? "line" : isAdditive(measure) ? "stack" : "beside";
  const interval = printInterval(intervalFor(window, barsMax[layout]));
  const asked = { q, from, to, top: chart.top, ...(chart.by && { by: chart.by }) };
  const both = measure.name === "count" ? "count" : `${measureText},count`;
  const totals = useStats("chart", { ...asked, measure: both }, nextFromOf(both));
  const course = useStats(
    "chart",
    { ...asked, measure: measureText, interval },
    nextFromOf(measureText),
  );
  const [totalsAnswers, courseAnswers] = [totals.answers, course.answers];
  // What is shown is what was asked when it was answered, not what is being asked meanwhile.
  const newest = useMemo(
    () => chartedOf(totalsAnswers, courseAnswers),
    [totalsAnswers, courseAnswers],
  );
  // The two are answered apart, and make no chart when one of them is of the view before.
  const charted = useLastWhole(newest, totals.isOld === course.isOld);
  const failed = [totals, course].find(({ answers, error }) => error && !answers);
  return {
    layout,
    /** Undefined until the first answer is there. */
    charted,
    isOld: totals.isOld || course.isOld,
    /** Why there is nothing to show. */
    failure: failed?.error,
    progress: {
      error: totals.error ?? course.error,
      isCounting: totals.isCounting || course.isCounting,
      canGoOn: totals.canGoOn || course.canGoOn,
      stop: () => {
        totals.stop();
        course.stop();
      },
      goOn: () => {
        totals.goOn();
        course.goOn();
      },
    },
    retry: () => {
      totals.retry();
      course.retry();
    },
  } as const;
};

/** The fields that entries of the time have: all that group, and those with numbers. */
export const useChartFields = () => {
  const { client } = useClient();
  const { from, to } = useView().window;
  const { data } = useQuery({
    queryKey: ["chart", "fields", from, to],
    queryFn: ({ signal }) => client.fields({ from, to }, { signal }),
    placeholderData: keepPreviousData,
  });
  const fields = data?.fields ?? [];
  return {
    groupFields: fields
      .map(({ name }) => name)
      .filter((name) => name !== "message" && !name.includes(",")),
    numberFields: fields
      .filter(({ name, types }) => (types.number ?? 0) > 0 && !/[()]/.test(name))
      .map(({ name }) => name),
  };
};
