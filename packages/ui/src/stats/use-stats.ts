import type { Operations, StatsAnswer } from "@log-service/sdk";
import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useClient } from "../client/client-provider.tsx";
import { useView } from "../view/view-provider.tsx";

type Parameters = Operations["stats"]["parameters"] & {
  readonly from: number;
  readonly to: number;
};

/** How far statistics have come, and what can be done about it. */
export interface StatsProgress {
  readonly error: Error | null;
  readonly isCounting: boolean;
  /** It was stopped, or has failed, and can be taken up again. */
  readonly canGoOn: boolean;
  readonly stop: () => void;
  readonly goOn: () => void;
}

/**
 * Asks for statistics of the view. What the service breaks off goes on by itself until it is stopped, from where `nextFrom`
 * says; the answers follow each other.
 */
export const useStats = (
  name: string,
  parameters: Parameters,
  nextFrom: (answer: StatsAnswer) => number | undefined,
) => {
  const { client } = useClient();
  const { askedAt } = useView();
  const queryClient = useQueryClient();
  const [stoppedAt, setStoppedAt] = useState<number>();
  const queryKey = [name, parameters, askedAt];
  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: parameters.from,
    queryFn: async ({ pageParam, signal }) => ({
      ...(await client.stats({ ...parameters, from: pageParam }, { signal })),
      // Of the answer and not of the view, since what was shown before stays for a while.
      measure: `${parameters.measure ?? "count"}`,
    }),
    getNextPageParam: nextFrom,
    placeholderData: keepPreviousData,
  });
  const { data, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, error } = query;
  const isStopped = stoppedAt === askedAt;
  const goesOn = hasNextPage && !isPlaceholderData && !isStopped && !error;
  useEffect(() => {
    if (goesOn && !isFetchingNextPage) void fetchNextPage();
  }, [goesOn, isFetchingNextPage, fetchNextPage]);
  return {
    answers: data?.pages,
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
