import { Button } from "../../components/button.tsx";
import { Failure } from "../../components/failure.tsx";
import { formatCount } from "../../format/number.ts";
import { formatTime } from "../../format/time.ts";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { useView } from "../../view/view-provider.tsx";
import styles from "./entry-list.module.css";
import { type Entries, entriesMax } from "./use-entries.ts";

const Full = ({ result: { entries } }: { readonly result: Entries }) => {
  const { window, show } = useView();
  const last = entries.at(-1);
  // Entries of the same millisecond may be on both sides.
  const to = last ? Date.parse(last.timestamp) + 1 : window.to;
  return (
    <>
      {formatCount(entriesMax)} entries are loaded, and the page holds no more at once. Narrow the
      search, export the result, or{" "}
      <Button onClick={() => show({ range: { kind: "between", from: window.from, to } })}>
        Go on from the last one
      </Button>
    </>
  );
};

/** What is below the last row: nothing more, the rest on its way, or why it does not come. */
export const RowsEnd = ({ result }: { readonly result: Entries }) => {
  const { window } = useView();
  const { zone } = usePreferences().preferences;
  const { entries, error, hasMore, isStale, isStopped, goOn } = result;
  if (error) return <Failure error={error} onRetry={goOn} />;
  if (isStale) return null;
  if (!hasMore)
    return (
      <p className={styles.end}>
        Nothing more since the beginning of the range, {formatTime(window.from, zone).slice(0, 19)}.
      </p>
    );
  if (entries.length >= entriesMax)
    return (
      <p className={styles.end}>
        <Full result={result} />
      </p>
    );
  if (isStopped)
    return (
      <p className={styles.end}>
        Stopped here: older entries have not been searched. <Button onClick={goOn}>Go on</Button>
      </p>
    );
  return <p className={styles.end}>Looking for older entries</p>;
};
