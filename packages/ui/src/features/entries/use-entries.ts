import type { LogEntry, SearchAnswer } from "@log-service/sdk";
import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useClient } from "../../client/client-provider.tsx";
import { useView } from "../../view/view-provider.tsx";
import { progressOf, type ScanProgress } from "./scan-progress.ts";
import { warningsOf } from "./warnings.ts";

const pageSize = 200;

/** More are not held by the page at once: some 100 MB of a browser's memory. */
export const entriesMax = 100_000;

const noPages: readonly SearchAnswer[] = [];

/** The entries of the view, as far as they are loaded, and what can be done to get more. */
export interface Entries {
  readonly entries: readonly LogEntry[];
  readonly warnings: readonly string[];
  readonly progress: ScanProgress;
  readonly error: Error | null;
  /** The first answer is not there yet, nor one of the view before. */
  readonly isPending: boolean;
  /** What is shown is of the view before. */
  readonly isStale: boolean;
  readonly isFetching: boolean;
  /** The service has not been through the range, and looks on without having filled a page. */
  readonly isScanning: boolean;
  /** The person has cancelled: what is shown is a part. */
  readonly isStopped: boolean;
  readonly hasMore: boolean;
  /** Whether more may be fetched without being asked. */
  readonly canGoOn: boolean;
  readonly fetchMore: () => void;
  readonly stop: () => void;
  /** Goes on after it was stopped, or has failed. */
  readonly goOn: () => void;
}

const usePages = () => {
  const { client } = useClient();
  const { view, window, askedAt } = useView();
  const { from, to } = window;
  const queryKey = ["entries", "pages", view.q, from, to, askedAt] as const;
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      client.search({ q: view.q, from, to, limit: pageSize, cursor: pageParam }, { signal }),
    // The pages of one search have one question: its cursor is bound to it.
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    // To compare pages with themselves would take longer with each.
    structuralSharing: false,
    gcTime: 30_000,
  });
  return { query, queryKey, window };
};

/** Searches for the entries of the view, page by page. */
export const useEntries = (): Entries => {
  const { query, queryKey, window } = usePages();
  const queryClient = useQueryClient();
  const asked = queryKey.join("\n");
  const [stopped, setStopped] = useState<string>();
  const pages = query.data?.pages ?? noPages;
  const entries = useMemo(() => pages.flatMap(({ logs }) => logs), [pages]);
  const warnings = useMemo(() => warningsOf(pages), [pages]);
  const { error, isPending, isFetching, isPlaceholderData: isStale, hasNextPage } = query;
  const isStopped = stopped === asked;
  const hasMore = hasNextPage && !isStale;
  const isFull = entries.length >= entriesMax;
  return {
    entries,
    warnings,
    progress: progressOf(isStale ? noPages : pages, window),
    error,
    isPending: isPending && !isStopped,
    isStale,
    isFetching,
    isScanning: isFetching && (isPending || isStale || pages.at(-1)?.complete === false),
    isStopped,
    hasMore,
    canGoOn: hasMore && !isFetching && !isStopped && !isFull && error === null,
    fetchMore: () => void query.fetchNextPage({ cancelRefetch: false }),
    stop: () => {
      setStopped(asked);
      void queryClient.cancelQueries({ queryKey });
    },
    goOn: () => {
      setStopped(undefined);
      void (hasMore ? query.fetchNextPage() : query.refetch());
    },
  };
};
