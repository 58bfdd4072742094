import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { intervalFor, printInterval } from "../../axis/interval.ts";
import { useClient } from "../../client/client-provider.tsx";
import { useView } from "../../view/view-provider.tsx";
import { toChartData } from "./chart-data.ts";
import { isAdditive, parseMeasure, printMeasure } from "./measure.ts";

/** Bars side by side need more room than lines and stacks. */
const barsMax = { line: 120, stack: 60, beside: 24 };

/** Measures the groups that the view asks for: each over all of the time, and its course. */
export const useChart = () => {
  const { client } = useClient();
  const { view, window } = useView();
  const { q, chart } = view;
  const { from, to } = window;
  const measure = parseMeasure(chart.measure);
  const measureText = printMeasure(measure);
  const layout = chart.kind !== "bar" ? "line" : isAdditive(measure) ? "stack" : "beside";
  const interval = printInterval(intervalFor(window, barsMax[layout]));
  const asked = { q, from, to, top: chart.top, ...(chart.by && { by: chart.by }) };
  const totals = useQuery({
    queryKey: ["chart", "totals", asked, measureText],
    queryFn: async ({ signal }) => ({
      measure,
      answer: await client.stats(
        { ...asked, measure: measure.name === "count" ? "count" : `${measureText},count` },
        { signal },
      ),
    }),
    placeholderData: keepPreviousData,
  });
  const course = useQuery({
    queryKey: ["chart", "course", asked, measureText, interval],
    queryFn: ({ signal }) => client.stats({ ...asked, measure: measureText, interval }, { signal }),
    placeholderData: keepPreviousData,
  });
  const [totalsData, courseData] = [totals.data, course.data];
  // What is shown is what was asked when it was answered, not what is being asked meanwhile.
  const data = useMemo(
    () => totalsData && toChartData(totalsData.answer, courseData, totalsData.measure),
    [totalsData, courseData],
  );
  const isOld = totals.isPlaceholderData || course.isPlaceholderData;
  const error = totals.error ?? course.error;
  const answers = [totalsData?.answer, courseData].filter((one) => one !== undefined);
  const warnings = answers.flatMap((one) => one.warnings ?? []);
  return {
    data,
    measure: totalsData?.measure ?? measure,
    layout,
    isOld,
    error,
    /** Up to where all is measured, where the service broke off. */
    countedTo: answers.find(({ complete }) => !complete)?.scannedTo,
    warnings: [...new Set(warnings.map(({ message }) => message))],
    retry: () => {
      void totals.refetch();
      void course.refetch();
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
