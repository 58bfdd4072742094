import { useQuery } from "@tanstack/react-query";
import { useClient } from "../../client/client-provider.tsx";
import { Button } from "../../components/button.tsx";
import { Failure } from "../../components/failure.tsx";
import { MinusIcon, SearchIcon } from "../../components/icons.tsx";
import { Spinner } from "../../components/spinner.tsx";
import type { TimeWindow } from "../../view/time-range.ts";
import { useView } from "../../view/view-provider.tsx";
import { EntryDetails } from "../entries/entry-details.tsx";
import styles from "./pattern-details.module.css";
import { withPattern } from "./pattern-filter.ts";
import type { Pattern } from "./sections.ts";

interface PatternProps {
  readonly pattern: Pattern;
  /** Where its entries are, if they are not in the range of the view: what is gone was there. */
  readonly elsewhere: TimeWindow | undefined;
}

const Actions = ({ pattern: { query }, elsewhere }: PatternProps) => {
  const { edit } = useView();
  const range = elsewhere ? { range: { kind: "between" as const, ...elsewhere } } : {};
  const add = (isExcluded: boolean) => (q: string) => withPattern(q, query, isExcluded);
  return (
    <div className={styles.actions}>
      <Button
        disabled={query === ""}
        onClick={() => edit(add(false), { tab: "entries", context: undefined, ...range })}
      >
        <SearchIcon /> Show these entries
      </Button>
      <Button disabled={query === ""} onClick={() => edit(add(true))}>
        <MinusIcon /> Exclude these
      </Button>
      <span className={styles.note}>
        {query === "" ? (
          "It has no words that a query could look for."
        ) : (
          <>
            as <code className={styles.query}>{query}</code>
          </>
        )}
      </span>
    </div>
  );
};

/** The newest entry of a pattern, with all that it has. */
const Example = ({ pattern: { example } }: Pick<PatternProps, "pattern">) => {
  const { client } = useClient();
  const { logId, message } = example;
  const { data, error, refetch } = useQuery({
    queryKey: ["patterns", "example", logId],
    queryFn: ({ signal }) => client.get({ logId }, { signal }),
  });
  if (data) return <EntryDetails entry={data} />;
  return (
    <>
      <pre className={styles.example}>{message}</pre>
      {error ? <Failure error={error} onRetry={refetch} /> : <Spinner label="Reading the entry" />}
    </>
  );
};

/** What a pattern stands for, and what can be done with it. */
export const PatternDetails = (props: PatternProps) => (
  <section className={styles.details} aria-label="Details of the pattern">
    <Actions {...props} />
    <p className={styles.exampleTitle}>Newest example</p>
    <Example pattern={props.pattern} />
  </section>
);
