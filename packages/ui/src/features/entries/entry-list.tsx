import { lazy, useEffect } from "react";
import { Failure } from "../../components/failure.tsx";
import shared from "../../design/shared.module.css";
import { Fetched } from "../../shell/fetched.tsx";
import { useView } from "../../view/view-provider.tsx";
import styles from "./entry-list.module.css";
import { ResultBar } from "./result-bar.tsx";
import { Rows } from "./rows.tsx";
import { Skeleton } from "./skeleton.tsx";
import { type Entries, useEntries } from "./use-entries.ts";
import { usePinned } from "./use-pinned.ts";

const NothingFound = lazy(async () => ({
  default: (await import("./nothing-found.tsx")).NothingFound,
}));

const PinnedEntry = lazy(async () => ({
  default: (await import("./pinned-entry.tsx")).PinnedEntry,
}));

/** While nothing is found yet there is room for more. */
const Searching = ({ result }: { readonly result: Entries }) => {
  const { canGoOn, fetchMore } = result;
  useEffect(() => {
    if (canGoOn) fetchMore();
  }, [canGoOn, fetchMore]);
  return <div className={styles.blank} />;
};

interface ResultProps {
  readonly result: Entries;
  readonly openId: string | undefined;
}

const Result = ({ result, openId }: ResultProps) => {
  const { entries, error, isPending, hasMore, isFetching, isStopped } = result;
  if (error && entries.length === 0) return <Failure error={error} onRetry={result.goOn} />;
  if (isPending) return <Skeleton />;
  if (entries.length > 0) return <Rows result={result} openId={openId} />;
  const isEmpty = !(hasMore || isFetching || isStopped);
  if (!isEmpty) return <Searching result={result} />;
  return (
    <Fetched>
      <NothingFound />
    </Fetched>
  );
};

/** The entries of the view, newest first. */
export const EntryList = () => {
  const result = useEntries();
  const { view } = useView();
  const pinned = usePinned(result);
  return (
    <section className={shared.pane} aria-label="Entries" aria-busy={result.isStale}>
      <ResultBar result={result} />
      {pinned && (
        <Fetched>
          <PinnedEntry logId={pinned} />
        </Fetched>
      )}
      <Result result={result} openId={pinned ? undefined : view.open} />
    </section>
  );
};
