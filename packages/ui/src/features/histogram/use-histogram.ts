import { useMemo } from "react";
import { intervalFor, printInterval } from "../../axis/interval.ts";
import { nextFrom } from "../../stats/next-from.ts";
import { useStats } from "../../stats/use-stats.ts";
import { useView } from "../../view/view-provider.tsx";
import { toSeries } from "./series.ts";

const barsMax = 120;

/** Counts the entries of the view; a count that the service breaks off goes on by itself until it is stopped. */
export const useHistogram = () => {
  const { view, window } = useView();
  const { from, to } = window;
  const interval = printInterval(intervalFor(window, barsMax));
  const asked = { q: view.q, by: "severity", interval, from, to };
  const { answers, ...counted } = useStats("histogram", asked, nextFrom);
  // Of the answer and not of the view, since the bars of the view before stay for a while.
  const series = useMemo(
    () => answers && toSeries(answers, answers[0]?.intervalMs ?? 1_000),
    [answers],
  );
  return { series, ...counted };
};
