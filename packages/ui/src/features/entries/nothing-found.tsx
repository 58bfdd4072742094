import type { LogEntry } from "@log-service/sdk";
import { useQuery } from "@tanstack/react-query";
import { useClient } from "../../client/client-provider.tsx";
import { Button } from "../../components/button.tsx";
import { formatTime } from "../../format/time.ts";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { lastTermRemoved } from "../../query-text/edit-query.ts";
import { lengthWords } from "../../view/time-range.ts";
import { useView } from "../../view/view-provider.tsx";
import { EmptyStore } from "./empty-store.tsx";
import styles from "./nothing-found.module.css";
import { rangeAround } from "./range-around.ts";
import { widerLengths } from "./wider-ranges.ts";

const QuerySteps = () => {
  const { view, show } = useView();
  const { q } = view;
  if (q.trim() === "") return null;
  const shorter = lastTermRemoved(q);
  return (
    <div className={styles.steps}>
      {shorter !== "" && (
        <Button onClick={() => show({ q: shorter })}>
          Ask for less: <code>{shorter}</code>
        </Button>
      )}
      <Button onClick={() => show({ q: "" })}>Remove the query</Button>
    </div>
  );
};

const RangeSteps = ({ newest }: { readonly newest: LogEntry }) => {
  const { view, window, show } = useView();
  const { zone } = usePreferences().preferences;
  const ms = Date.parse(newest.timestamp);
  const range = rangeAround(view.range, window, ms);
  return (
    <div className={styles.steps}>
      {widerLengths(window).map((length) => (
        <Button key={length} onClick={() => show({ range: { kind: "last", length } })}>
          Last {lengthWords(length)}
        </Button>
      ))}
      {range !== view.range && (
        <Button onClick={() => show({ range })}>
          Around the newest entry, {formatTime(ms, zone).slice(0, 19)}
        </Button>
      )}
    </div>
  );
};

/** In place of the list, where the search has been through the whole range and nothing matches. */
export const NothingFound = () => {
  const { client } = useClient();
  const { view, askedAt } = useView();
  const { data, isPending } = useQuery({
    queryKey: ["entries", "newest", askedAt],
    queryFn: ({ signal }) => client.search({ limit: 1 }, { signal }),
  });
  if (isPending) return null;
  const newest = data?.logs[0];
  if (data?.nextCursor === null && !newest) return <EmptyStore />;
  return (
    <div className={styles.nothing}>
      <h2 className={styles.title}>
        {view.q.trim() ? "Nothing matches in this range" : "Nothing was logged in this range"}
      </h2>
      <QuerySteps />
      {newest && <RangeSteps newest={newest} />}
    </div>
  );
};
