import type { LogEntry } from "@log-service/sdk";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useView } from "../../view/view-provider.tsx";
import styles from "./entry-list.module.css";
import { EntryColumns, EntryRow, EntryTable } from "./entry-row.tsx";
import { RowsEnd } from "./rows-end.tsx";
import type { Entries } from "./use-entries.ts";
import { useRowHeights } from "./use-row-heights.ts";
import { useRowKeys } from "./use-row-keys.ts";

/** So many rows beyond those in sight are there, and so near the end more are fetched. */
const overscan = 12;

const useVirtualRows = (entries: readonly LogEntry[], openIndex: number) => {
  const scroller = useRef<HTMLDivElement>(null);
  const { row, head } = useRowHeights();
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => entries[index]?.logId ?? index,
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
  return { scroller, virtualizer, row, head };
};

type Virtual = ReturnType<typeof useVirtualRows>;

/** What was asked anew begins at the top, and a shared link at its entry. */
const useScrollPlace = ({ scroller, virtualizer }: Virtual, openIndex: number) => {
  const { askedAt } = useView();
  const latest = useRef(openIndex);
  useEffect(() => {
    latest.current = openIndex;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each search
  useEffect(() => {
    if (latest.current > 0) virtualizer.scrollToIndex(latest.current, { align: "start" });
    else scroller.current?.scrollTo({ top: 0 });
  }, [askedAt, scroller, virtualizer]);
};

const useGrid = (entries: readonly LogEntry[], { virtualizer, scroller, row }: Virtual) => {
  const { view, askedAt, show } = useView();
  const grid = useRef<HTMLTableElement>(null);
  const [selection, setSelection] = useState({ askedAt, index: -1 });
  const selected = selection.askedAt === askedAt ? selection.index : -1;
  const select = (index: number) => {
    setSelection({ askedAt, index });
    virtualizer.scrollToIndex(index);
    grid.current?.focus({ preventScroll: true });
  };
  const toggle = useCallback(
    ({ logId }: LogEntry) => show({ open: view.open === logId ? undefined : logId }, "replace"),
    [view.open, show],
  );
  const onKeyDown = useRowKeys({
    count: entries.length,
    selected,
    rowsInSight: Math.floor((scroller.current?.clientHeight ?? 0) / row),
    select,
    toggle: (index) => entries[index] && toggle(entries[index]),
    close: () => {
      show({ open: undefined }, "replace");
      grid.current?.focus({ preventScroll: true });
    },
    showContext: (index) => show({ context: entries[index]?.logId }),
  });
  return { grid, selected, setSelection, toggle, onKeyDown };
};

const useGoingOn = ({ canGoOn, fetchMore, entries }: Entries, { virtualizer }: Virtual) => {
  const last = virtualizer.getVirtualItems().at(-1)?.index ?? 0;
  const isNearEnd = last >= entries.length - overscan;
  useEffect(() => {
    if (canGoOn && isNearEnd) fetchMore();
  }, [canGoOn, isNearEnd, fetchMore]);
};

const idOf = (entry: LogEntry | undefined) => entry && `entry-${entry.logId}`;

interface RowsProps {
  readonly result: Entries;
  /** The id of the entry that is open in the list. */
  readonly openId: string | undefined;
}

/** The loaded entries; of a hundred thousand only those in sight are in the document. */
export const Rows = ({ result, openId }: RowsProps) => {
  const { entries } = result;
  const { view } = useView();
  const openIndex = openId ? entries.findIndex(({ logId }) => logId === openId) : -1;
  const virtual = useVirtualRows(entries, openIndex);
  const { scroller, virtualizer, head } = virtual;
  const { grid, selected, toggle, onKeyDown } = useGrid(entries, virtual);
  useScrollPlace(virtual, openIndex);
  useGoingOn(result, virtual);
  const items = virtualizer.getVirtualItems();
  const isSelectedThere = items.some(({ index }) => index === selected);
  return (
    <div ref={scroller} className={styles.scroller} data-stale={result.isStale}>
      <EntryTable
        ref={grid}
        aria-label="Entries"
        aria-rowcount={result.hasMore ? -1 : entries.length + 1}
        aria-activedescendant={isSelectedThere ? idOf(entries[selected]) : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <EntryColumns />
        <tbody
          style={{
            height: virtualizer.getTotalSize(),
            paddingTop: (items[0]?.start ?? head) - head,
          }}
        >
          {items.map(({ index }) => {
            const entry = entries[index];
            return (
              entry && (
                <EntryRow
                  key={entry.logId}
                  ref={index === openIndex ? virtualizer.measureElement : undefined}
                  id={idOf(entry)}
                  entry={entry}
                  q={view.q}
                  isOpen={index === openIndex}
                  isSelected={index === selected}
                  onToggle={toggle}
                  rowIndex={index + 2}
                  dataIndex={index}
                />
              )
            );
          })}
        </tbody>
      </EntryTable>
      <RowsEnd result={result} />
    </div>
  );
};
