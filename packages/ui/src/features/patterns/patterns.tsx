import type { PatternsAnswer } from "@log-service/sdk";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ChangeEvent, useId, useState } from "react";
import { useClient } from "../../client/client-provider.tsx";
import { Button } from "../../components/button.tsx";
import { Failure } from "../../components/failure.tsx";
import { Spinner } from "../../components/spinner.tsx";
import shared from "../../design/shared.module.css";
import { countOf, formatCount, formatShare } from "../../format/number.ts";
import { comparisons } from "../../view/view.ts";
import { useView } from "../../view/view-provider.tsx";
import { warningsOf } from "../entries/warnings.ts";
import { comparisonOf } from "./comparison.ts";
import { PatternTable } from "./pattern-table.tsx";
import styles from "./patterns.module.css";

/** So many patterns are asked for at first, then as many as the service gives. */
const tops = { first: 100, all: 1000 } as const;

const usePatterns = (top: number) => {
  const { view, window, askedAt } = useView();
  const { client } = useClient();
  const { compareTo } = comparisonOf[view.compare];
  const parameters = { ...window, q: view.q, compareTo, top };
  return useQuery({
    queryKey: ["patterns", parameters, askedAt],
    queryFn: ({ signal }) => client.patterns(parameters, { signal }),
    placeholderData: keepPreviousData,
  });
};

const CompareWith = () => {
  const { view, show } = useView();
  const id = useId();
  const choose = ({ target }: ChangeEvent<HTMLSelectElement>) =>
    show({ compare: comparisons.find((one) => one === target.value) ?? "none" });
  return (
    <span className={styles.compare}>
      <label htmlFor={id}>Compare with</label>
      <select id={id} className={styles.select} value={view.compare} onChange={choose}>
        {comparisons.map((compare) => (
          <option key={compare} value={compare}>
            {comparisonOf[compare].label}
          </option>
        ))}
      </select>
    </span>
  );
};

const Summary = ({ answer }: { readonly answer: PatternsAnswer }) => {
  const fresh = answer.patterns.filter(({ change }) => change === "new").length;
  return (
    <p className={styles.summary} role="status">
      {fresh > 0 && <strong className={styles.fresh}>{formatCount(fresh)} new</strong>}{" "}
      {countOf(answer.patterns.length, "pattern", "patterns")} in{" "}
      {countOf(answer.total, "entry", "entries")}
    </p>
  );
};

/** Of the warnings so many are told; a damaged folder has one for each of its parts. */
const warningsTold = 3;

const notesOf = (answer: PatternsAnswer): readonly string[] => {
  const warnings = warningsOf([answer]);
  const more = warnings.length - warningsTold;
  return [
    ...(answer.complete ? [] : [partOnly]),
    ...(hadEntriesBefore(answer) ? [] : [nothingBefore]),
    ...warnings.slice(0, warningsTold),
    ...(more > 0 ? [`and ${countOf(more, "more warning", "more warnings")}`] : []),
  ];
};

const partOnly =
  "Only the newest part of this time is counted: all of it would have taken too long. A shorter time, or a query, counts all.";

const nothingBefore =
  "No entry matches in the time that it is compared with, so everything is new.";

const hadEntriesBefore = ({ compareTo, patterns }: PatternsAnswer): boolean =>
  compareTo === undefined ||
  patterns.some(({ before }) => before !== undefined && before.count > 0);

const Notes = ({ answer }: { readonly answer: PatternsAnswer }) => {
  const notes = notesOf(answer);
  return (
    notes.length > 0 && (
      <ul className={styles.warnings}>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    )
  );
};

interface RestProps {
  readonly answer: PatternsAnswer;
  readonly onMore: (() => void) | undefined;
}

const Rest = ({ answer: { other }, onMore }: RestProps) =>
  other.count > 0 && (
    <p className={styles.rest}>
      Of rarer patterns: {countOf(other.count, "entry", "entries")} ({formatShare(other.share)}).{" "}
      {onMore && <Button onClick={onMore}>Show more</Button>}
    </p>
  );

const Nothing = () => {
  const { view, show } = useView();
  return (
    <div className={styles.nothing}>
      <p>No entry matches in this time, so there are no patterns.</p>
      {view.q !== "" && <Button onClick={() => show({ q: "" })}>Clear the query</Button>}
    </div>
  );
};

/** What the entries of the view say, without their numbers. */
export const Patterns = () => {
  const [top, setTop] = useState<number>(tops.first);
  const { data, error, isPlaceholderData, refetch } = usePatterns(top);
  const more = top === tops.first ? () => setTop(tops.all) : undefined;
  if (error) return <Failure error={error} onRetry={refetch} />;
  return (
    <section className={shared.pane} aria-label="Patterns" aria-busy={isPlaceholderData}>
      <div className={styles.top}>
        {data && <Summary answer={data} />}
        {(isPlaceholderData || !data) && <Spinner label="Grouping messages" />}
        <CompareWith />
      </div>
      {data && (
        <div className={styles.scroll} data-stale={isPlaceholderData}>
          <Notes answer={data} />
          {data.patterns.length === 0 ? <Nothing /> : <PatternTable answer={data} />}
          <Rest answer={data} onMore={more} />
        </div>
      )}
    </section>
  );
};
