import type { LogEntry } from "@log-service/sdk";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { ChevronDownIcon } from "../../components/icons.tsx";
import { formatCount } from "../../format/number.ts";
import { useShortcuts } from "../../keyboard/use-shortcuts.ts";
import { useView } from "../../view/view-provider.tsx";
import { EntryColumns, EntryRow, EntryTable } from "../entries/entry-row.tsx";
import { useRowHeights } from "../entries/use-row-heights.ts";
import { useRowKeys } from "../entries/use-row-keys.ts";
import styles from "./live-list.module.css";
import type { LiveSession, LiveState } from "./live-session.ts";
import { newCount, shownEntries } from "./tail-log.ts";
import { useFollowEnd } from "./use-follow-end.ts";

const overscan = 6;

interface LiveListProps {
  readonly state: LiveState;
  readonly session: LiveSession;
  readonly q: string;
}

/** What a reader has selected and opened, as long as the list stands still. */
const useReading = (session: LiveSession, isPaused: boolean) => {
  const [selected, setSelected] = useState(-1);
  const [opened, setOpened] = useState<string>();
  useEffect(() => {
    if (isPaused) return;
    setSelected(-1);
    setOpened(undefined);
  }, [isPaused]);
  const select = useCallback(
    (index: number) => {
      session.pause(false);
      setSelected(index);
    },
    [session],
  );
  const toggle = useCallback(
    ({ logId }: LogEntry) => {
      session.pause(false);
      setOpened((open) => (open === logId ? undefined : logId));
    },
    [session],
  );
  return { selected, opened, select, toggle, close: () => setOpened(undefined) };
};

const useLiveKeys = (
  entries: readonly LogEntry[],
  rowsInSight: number,
  reading: ReturnType<typeof useReading>,
) => {
  const { show } = useView();
  const { selected, select, toggle, close } = reading;
  return useRowKeys({
    count: entries.length,
    // The first step leads to the newest entry.
    selected: selected < 0 ? entries.length : selected,
    rowsInSight,
    select,
    toggle: (index) => entries[index] && toggle(entries[index]),
    close,
    showContext: (index) => entries[index] && show({ context: entries[index].logId }),
  });
};

const Fresh = ({ state, session }: Omit<LiveListProps, "q">) => {
  const count = newCount(state.log);
  return (
    count > 0 && (
      <Button kind="primary" className={styles.fresh} onClick={session.resume}>
        <ChevronDownIcon /> {formatCount(count)} new
      </Button>
    )
  );
};

const useVirtualRows = (count: number, openIndex: number, selected: number) => {
  const scroller = useRef<HTMLDivElement>(null);
  const { row, head } = useRowHeights();
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => row,
    overscan,
    scrollMargin: head,
    scrollPaddingStart: head,
  });
  // Only an open row is measured; closed again it is as high as any.
  useLayoutEffect(() => {
    if (openIndex < 0) return undefined;
    return () => virtualizer.resizeItem(openIndex, row);
  }, [virtualizer, openIndex, row]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: all rows change with the height of one
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, row]);
  useEffect(() => {
    if (selected >= 0) virtualizer.scrollToIndex(selected);
  }, [virtualizer, selected]);
  const rowsInSight = Math.floor((scroller.current?.clientHeight ?? 0) / row);
  return { scroller, virtualizer, rowsInSight, head };
};

const Rows = ({ state, session, q }: LiveListProps) => {
  const { log } = state;
  const entries = shownEntries(log);
  const id = useId();
  const reading = useReading(session, log.pause !== undefined);
  const { selected, opened, toggle } = reading;
  const openIndex = opened ? entries.findIndex(({ logId }) => logId === opened) : -1;
  const rows = useVirtualRows(entries.length, openIndex, selected);
  const { scroller, virtualizer, rowsInSight, head } = rows;
  // Who reads an entry at the end has not come there to go on.
  const isFree = !log.pause?.isHeld && openIndex < 0 && selected < 0;
  useFollowEnd(scroller, {
    isFollowing: log.pause === undefined,
    version: state,
    onLeave: () => session.pause(false),
    onReturn: () => isFree && session.resume(),
  });
  const onKeyDown = useLiveKeys(entries, rowsInSight, reading);
  const items = virtualizer.getVirtualItems();
  const above = (items[0]?.start ?? head) - head;
  return (
    <div ref={scroller} className={styles.scroller}>
      <EntryTable
        tabIndex={0}
        aria-label="Entries as they arrive, the newest last"
        aria-rowcount={entries.length + 1}
        onKeyDown={onKeyDown}
        aria-activedescendant={selected >= 0 ? `${id}-${selected}` : undefined}
      >
        <EntryColumns />
        <tbody style={{ height: virtualizer.getTotalSize(), paddingTop: above }}>
          {items.map(({ index }) => {
            const entry = entries[index];
            // Keyed by place: while it follows, rows stay and their texts change.
            return (
              entry && (
                <EntryRow
                  key={index}
                  id={`${id}-${index}`}
                  entry={entry}
                  isOpen={index === openIndex}
                  isSelected={index === selected}
                  onToggle={toggle}
                  q={q}
                  rowIndex={index + 2}
                  dataIndex={index}
                  ref={index === openIndex ? virtualizer.measureElement : undefined}
                />
              )
            );
          })}
        </tbody>
      </EntryTable>
    </div>
  );
};

const Nothing = ({ q }: Pick<LiveListProps, "q">) => (
  <div className={styles.nothing}>
    <p>Waiting for {q === "" ? "entries" : "entries that match the query"}.</p>
    <p>Live shows what arrives from now on, whatever the range of time above.</p>
  </div>
);

/**
 * The newest entries, the newest last, as in a terminal, in Grafana's live view and in the live tails of clouds: what is read
 * goes up, and a cause stands above what follows from it.
 */
export const LiveList = ({ state, session, q }: LiveListProps) => {
  const { log, connection } = state;
  useShortcuts({ Space: () => (log.pause ? session.resume() : session.pause(true)) });
  const isEmpty = log.entries.length === 0 && !log.pause;
  return (
    <div className={styles.list}>
      {isEmpty ? (
        connection.kind === "live" && <Nothing q={q} />
      ) : (
        <Rows state={state} session={session} q={q} />
      )}
      <Fresh state={state} session={session} />
    </div>
  );
};
