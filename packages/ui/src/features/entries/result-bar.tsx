import { Button } from "../../components/button.tsx";
import { Spinner } from "../../components/spinner.tsx";
import { countOf, formatShare } from "../../format/number.ts";
import { formatTime } from "../../format/time.ts";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import styles from "./result-bar.module.css";
import type { Entries } from "./use-entries.ts";

const Said = ({ result }: { readonly result: Entries }) => {
  const { zone } = usePreferences().preferences;
  const { entries, error, isPending, isStale, isScanning, isStopped, hasMore, progress } = result;
  const count = entries.length;
  const found = countOf(count, "entry", "entries");
  const reached = formatTime(progress.reachedTo, zone).slice(0, 19);
  if (isStopped) return `Stopped at ${reached}: this is a part. ${found} found so far`;
  if (error && count === 0) return "The search failed";
  if (isPending || isStale) return "Searching";
  if (isScanning) return `${found} found so far, back to ${reached}`;
  if (count === 0) return "No entries";
  return `${found}${hasMore ? " loaded" : ""}, newest first`;
};

/** How much is loaded, how far a search has come, and the way to stop it and to go on. */
export const ResultBar = ({ result }: { readonly result: Entries }) => {
  const { isFetching, isScanning, isStopped, progress, warnings } = result;
  return (
    <div className={styles.bar}>
      <p className={styles.line}>
        <span role="status">
          <Said result={result} />
        </span>
        {isFetching && (
          <span className={styles.busy}>
            {isScanning && (
              <>
                <progress aria-label="Searched" value={progress.share} />
                <span className={styles.share}>{formatShare(progress.share)}</span>
              </>
            )}
            <Spinner label="Searching" />
            <Button kind="quiet" onClick={result.stop}>
              Cancel
            </Button>
          </span>
        )}
        {isStopped && !isFetching && (
          <Button kind="quiet" onClick={result.goOn}>
            Go on
          </Button>
        )}
      </p>
      {warnings.length > 0 && (
        <ul className={styles.warnings}>
          {warnings.map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
    </div>
  );
};
