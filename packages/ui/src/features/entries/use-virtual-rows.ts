import type { LogEntry } from "@log-service/sdk";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useLayoutEffect, useMemo, useRef } from "react";
import { useRowHeights } from "./use-row-heights.ts";

/**
 * Which rows of a long list are in the document: those in sight, and `overscan` beyond them. `openId` is the entry whose
 * details are shown, if it is in the list.
 */
export const useVirtualRows = (
  entries: readonly LogEntry[],
  openId: string | undefined,
  overscan: number,
) => {
  const scroller = useRef<HTMLDivElement>(null);
  const { row, head } = useRowHeights();
  const openIndex = useMemo(
    () => (openId ? entries.findIndex(({ logId }) => logId === openId) : -1),
    [entries, openId],
  );
  // Another function would have all rows placed anew, which of a hundred thousand takes longer than a frame.
  const getItemKey = useCallback((index: number) => entries[index]?.logId ?? index, [entries]);
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    getItemKey,
    estimateSize: () => row,
    overscan,
    scrollMargin: head,
    scrollPaddingStart: head,
  });
  const measuredId = openIndex < 0 ? undefined : openId;
  // Only an open row is measured; closed, or gone, it is as high as any. Done before the next one is measured.
  // biome-ignore lint/correctness/useExhaustiveDependencies: all rows change with the height of one
  useLayoutEffect(() => () => virtualizer.measure(), [virtualizer, measuredId, row]);
  const rowsInSight = Math.floor((scroller.current?.clientHeight ?? 0) / row);
  return { scroller, virtualizer, openIndex, rowsInSight, head };
};

export type VirtualRows = ReturnType<typeof useVirtualRows>;
