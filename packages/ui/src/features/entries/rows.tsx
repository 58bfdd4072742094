import type { LogEntry } from "@log-service/sdk";
import { useCallback, useEffect, useRef, useState } from "react";
import { useView } from "../../view/view-provider.tsx";
import { EntryGrid } from "./entry-grid.tsx";
import { RowsEnd } from "./rows-end.tsx";
import type { Entries } from "./use-entries.ts";
import { useRowKeys } from "./use-row-keys.ts";
import { useVirtualRows, type VirtualRows } from "./use-virtual-rows.ts";

/** So many rows beyond those in sight are there, and so near the end more are fetched. */
const overscan = 12;

/** What was asked anew begins at the top, and a shared link at its entry. Until it is answered nothing moves. */
const useScrollPlace = ({ scroller, virtualizer, openIndex }: VirtualRows, isStale: boolean) => {
  const { askedAt } = useView();
  const latest = useRef(openIndex);
  useEffect(() => {
    latest.current = openIndex;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each search
  useEffect(() => {
    if (isStale) return;
    if (latest.current > 0) virtualizer.scrollToIndex(latest.current, { align: "start" });
    else scroller.current?.scrollTo({ top: 0 });
  }, [askedAt, isStale, scroller, virtualizer]);
};

const useGrid = (entries: readonly LogEntry[], { virtualizer, rowsInSight }: VirtualRows) => {
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
    (entry: LogEntry) => {
      // Keys go on from where one has clicked.
      setSelection({ askedAt, index: entries.indexOf(entry) });
      show({ open: view.open === entry.logId ? undefined : entry.logId }, "replace");
    },
    [entries, askedAt, view.open, show],
  );
  const onKeyDown = useRowKeys({
    count: entries.length,
    selected,
    rowsInSight,
    select,
    toggle: (index) => entries[index] && toggle(entries[index]),
    close: () => {
      show({ open: undefined }, "replace");
      grid.current?.focus({ preventScroll: true });
    },
    showContext: (index) => show({ context: entries[index]?.logId }),
  });
  return { ref: grid, selected, onToggle: toggle, onKeyDown };
};

const useGoingOn = ({ canGoOn, fetchMore, entries }: Entries, { virtualizer }: VirtualRows) => {
  const last = virtualizer.getVirtualItems().at(-1)?.index ?? 0;
  const isNearEnd = last >= entries.length - overscan;
  useEffect(() => {
    if (canGoOn && isNearEnd) fetchMore();
  }, [canGoOn, isNearEnd, fetchMore]);
};

interface RowsProps {
  readonly result: Entries;
  /** The id of the entry that is open in the list. */
  readonly openId: string | undefined;
}

/** The loaded entries. */
export const Rows = ({ result, openId }: RowsProps) => {
  const { entries, hasMore, isStale } = result;
  const { view } = useView();
  const rows = useVirtualRows(entries, openId, overscan);
  const grid = useGrid(entries, rows);
  useScrollPlace(rows, isStale);
  useGoingOn(result, rows);
  return (
    <EntryGrid
      aria-label="Entries"
      aria-rowcount={hasMore ? -1 : entries.length + 1}
      q={view.q}
      {...{ rows, entries, isStale }}
      {...grid}
    >
      <RowsEnd result={result} />
    </EntryGrid>
  );
};
