import type { LogEntry, LogId } from "@log-service/sdk";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useClient } from "../../client/client-provider.tsx";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Failure } from "../../components/failure.tsx";
import { Spinner } from "../../components/spinner.tsx";
import { useView } from "../../view/view-provider.tsx";
import { choicesOf } from "./context-choices.ts";
import styles from "./context-dialog.module.css";
import { EntryRow, EntryTable } from "./entry-row.tsx";
import { warningsOf } from "./warnings.ts";

/** As many as one more press asks for, and the most that the service gives of a side. */
const step = 25;
const sideMax = 500;

const useContextOf = (logId: LogId) => {
  const { client } = useClient();
  const [q, setQ] = useState("");
  const [before, setBefore] = useState(step);
  const [after, setAfter] = useState(step);
  const query = useQuery({
    queryKey: ["entries", "context", logId, q, before, after],
    queryFn: ({ signal }) => client.context({ logId, q, before, after }, { signal }),
    placeholderData: keepPreviousData,
  });
  return {
    query,
    q,
    setQ,
    before,
    after,
    earlier: () => setBefore((count) => Math.min(sideMax, count + 2 * step)),
    later: () => setAfter((count) => Math.min(sideMax, count + 2 * step)),
  };
};

type Context = ReturnType<typeof useContextOf>;

const Narrowing = ({ context, entry }: { readonly context: Context; readonly entry: LogEntry }) => (
  <fieldset className={styles.choices}>
    <legend className={styles.legend}>Neighbours</legend>
    {choicesOf(entry).map(({ name, q, title }) => (
      <Button
        key={q}
        kind="quiet"
        aria-pressed={q === context.q}
        title={title}
        onClick={() => context.setQ(q)}
      >
        {name}
      </Button>
    ))}
    {context.query.isFetching && <Spinner label="Loading" />}
  </fieldset>
);

interface MoreProps {
  readonly what: "later" | "earlier";
  readonly found: number;
  readonly asked: number;
  readonly isComplete: boolean;
  /** What is shown is of the question before. */
  readonly isOld: boolean;
  readonly onMore: () => void;
}

const More = ({ what, found, asked, isComplete, isOld, onMore }: MoreProps) => {
  const isEnd = found < asked && !isOld;
  return (
    <p className={styles.more}>
      {isEnd && isComplete && `There are no ${what} ones`}
      {isEnd && !isComplete && `Not all ${what} ones could be read`}
      {!isEnd && asked >= sideMax && `No more than ${sideMax} are shown here`}
      {!isEnd && asked < sideMax && <Button onClick={onMore}>Load {what} ones</Button>}
    </p>
  );
};

/** Which rows are open, those of the neighbours as well. */
const useOpenRows = () => {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback(
    ({ logId }: LogEntry) =>
      setOpen((before) => {
        const next = new Set(before);
        if (!next.delete(logId)) next.add(logId);
        return next;
      }),
    [],
  );
  return { open, toggle };
};

const Neighbours = ({ context }: { readonly context: Context }) => {
  const { view } = useView();
  const { open, toggle } = useOpenRows();
  const marked = useRef<HTMLTableSectionElement>(null);
  const { data } = context.query;
  const isThere = data !== undefined;
  useEffect(() => {
    if (isThere) marked.current?.scrollIntoView({ block: "center" });
  }, [isThere]);
  if (!data) return null;
  const row = (entry: LogEntry) => (
    <EntryRow
      key={entry.logId}
      entry={entry}
      q={view.q}
      isOpen={open.has(entry.logId)}
      isSelected={entry.logId === data.entry.logId}
      onToggle={toggle}
    />
  );
  const about = { isComplete: data.complete, isOld: context.query.isPlaceholderData };
  const { before, after, earlier, later } = context;
  return (
    <section className={styles.scroller} aria-label="Entries around it, newest first">
      <More what="later" found={data.after.length} asked={after} onMore={later} {...about} />
      <EntryTable aria-label="Entries around it, newest first">
        <tbody>{data.after.toReversed().map(row)}</tbody>
        <tbody ref={marked} className={styles.marked}>
          {row(data.entry)}
        </tbody>
        <tbody>{data.before.toReversed().map(row)}</tbody>
      </EntryTable>
      <More what="earlier" found={data.before.length} asked={before} onMore={earlier} {...about} />
    </section>
  );
};

/** What happened right before and after an entry, whatever the query asks for. */
export const ContextDialog = ({ logId }: { readonly logId: LogId }) => {
  const { show } = useView();
  const context = useContextOf(logId);
  const { data, error, refetch } = context.query;
  return (
    <Dialog title="Context" kind="side" onClose={() => show({ context: undefined }, "replace")}>
      {data && <Narrowing context={context} entry={data.entry} />}
      {data && warningsOf([data]).map((message) => <p key={message}>{message}</p>)}
      {error ? <Failure error={error} onRetry={refetch} /> : <Neighbours context={context} />}
      {!(data || error) && <Spinner label="Loading" />}
    </Dialog>
  );
};
