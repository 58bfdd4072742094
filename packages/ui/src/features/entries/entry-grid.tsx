import type { LogEntry } from "@log-service/sdk";
import styles from "./entry-grid.module.css";
import { EntryColumns, EntryRow, EntryTable, type EntryTableProps } from "./entry-row.tsx";
import type { VirtualRows } from "./use-virtual-rows.ts";

interface EntryGridProps extends EntryTableProps {
  readonly rows: VirtualRows;
  readonly entries: readonly LogEntry[];
  /** The query, whose words are marked. */
  readonly q: string;
  /** Where the keyboard is; -1: nowhere. */
  readonly selected: number;
  readonly onToggle: (entry: LogEntry) => void;
  /** While what is shown is about to be replaced. */
  readonly isStale?: boolean;
  /** Rows stay and their texts change, as in a list that moves all the time; else a row goes with its entry. */
  readonly isKeyedByPlace?: boolean;
}

const idOf = (entry: LogEntry | undefined) => entry && `entry-${entry.logId}`;

/** A long list of entries in which the keyboard moves. What is below the last one are its children. */
export const EntryGrid = (props: EntryGridProps) => {
  const { rows, entries, q, selected, onToggle, isStale, isKeyedByPlace, children, ...table } =
    props;
  const { scroller, virtualizer, openIndex, head } = rows;
  const items = virtualizer.getVirtualItems();
  const isSelectedThere = items.some(({ index }) => index === selected);
  return (
    <div ref={scroller} className={styles.scroller} data-stale={isStale}>
      <EntryTable
        tabIndex={0}
        aria-activedescendant={isSelectedThere ? idOf(entries[selected]) : undefined}
        {...table}
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
                  key={isKeyedByPlace ? index : entry.logId}
                  ref={index === openIndex ? virtualizer.measureElement : undefined}
                  id={idOf(entry)}
                  entry={entry}
                  q={q}
                  isOpen={index === openIndex}
                  isSelected={index === selected}
                  onToggle={onToggle}
                  rowIndex={index + 2}
                  dataIndex={index}
                />
              )
            );
          })}
        </tbody>
      </EntryTable>
      {children}
    </div>
  );
};
