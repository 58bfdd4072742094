import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { intervalFor, printInterval } from "../../axis/interval.ts";
import { useClient } from "../../client/client-provider.tsx";
import { useView } from "../../view/view-provider.tsx";
import { nextFrom, toSeries } from "./series.ts";

const barsMax = 120;

/** Counts the entries of the view; a count that the service breaks off goes on by itself until it is stopped. */
export const useHistogram = () => {
  const { client } = useClient();
  const { view, window, askedAt } = useView();
  const queryClient = useQueryClient();
  const [stoppedAt, setStoppedAt] = useState<number>();
  const { q } = view;
  const { from, to } = window;
  const interval = intervalFor(window, barsMax);
  const queryKey = ["histogram", q, from, to, askedAt];
  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: from,
    queryFn: ({ pageParam, signal }) =>
      client.stats(
        { q, by: "severity", interval: printInterval(interval), from: pageParam, to },
        { signal },
      ),
    getNextPageParam: nextFrom,
    placeholderData: keepPreviousData,
  });
  const { data, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, error } = query;
  const isStopped = stoppedAt === askedAt;
  const goesOn = hasNextPage && !isPlaceholderData && !isStopped && !error;
  useEffect(() => {
    if (goesOn && !isFetchingNextPage) void fetchNextPage();
  }, [goesOn, isFetchingNextPage, fetchNextPage]);
  // Of the answer and not of the view, since the bars of the view before stay for a while.
  const series = useMemo(
    () => data && toSeries(data.pages, data.pages[0]?.intervalMs ?? 1_000),
    [data],
  );
  return {
    series,
    error,
    isOld: isPlaceholderData,
    isCounting: goesOn,
    canGoOn: hasNextPage && !goesOn && !isPlaceholderData,
    retry: () => void (hasNextPage ? fetchNextPage() : query.refetch()),
    stop: () => {
      setStoppedAt(askedAt);
      void queryClient.cancelQueries({ queryKey });
    },
    goOn: () => {
      setStoppedAt(undefined);
      if (error) void fetchNextPage();
    },
  };
};
