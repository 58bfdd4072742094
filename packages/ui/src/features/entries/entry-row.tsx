import type { LogEntry } from "@log-service/sdk";
import { type ComponentProps, lazy, type MouseEvent, memo, type Ref, useMemo } from "react";
import { ChevronDownIcon, ChevronRightIcon } from "../../components/icons.tsx";
import { formatTime } from "../../format/time.ts";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { termsOf } from "../../query-text/texts.ts";
import { Fetched } from "../../shell/fetched.tsx";
import styles from "./entry-row.module.css";
import { lineOf, partsOf } from "./marks.ts";

// Nothing is open on most first views.
const EntryDetails = lazy(async () => ({
  default: (await import("./entry-details.tsx")).EntryDetails,
}));

interface EntryRowProps {
  readonly entry: LogEntry;
  /** Its details are shown below its line. */
  readonly isOpen: boolean;
  /** The keyboard is at it. */
  readonly isSelected: boolean;
  readonly onToggle: (entry: LogEntry) => void;
  /** The query, whose words are marked in the message. */
  readonly q?: string;
  /** For `aria-activedescendant` of the grid around it. */
  readonly id?: string | undefined;
  /** Its place in the whole list, from 1. */
  readonly rowIndex?: number;
  /** For a list that measures it. */
  readonly ref?: Ref<HTMLTableRowElement> | undefined;
  readonly dataIndex?: number;
}

interface MessageProps {
  readonly message: string;
  readonly q: string;
}

const Message = ({ message, q }: MessageProps) => {
  const words = useMemo(() => termsOf(q), [q]);
  let place = 0;
  return partsOf(lineOf(message, words), words).map(({ text, isMarked }) => {
    const key = place++;
    return isMarked ? <mark key={key}>{text}</mark> : <span key={key}>{text}</span>;
  });
};

/** What is inside of the details, or is selected to be copied, is not about the row. */
const isAboutRow = ({ target, currentTarget }: MouseEvent<HTMLElement>): boolean => {
  if (getSelection()?.type === "Range") return false;
  // Between the cells, as beside the service on a phone.
  if (target === currentTarget) return true;
  const cell = target instanceof Element ? target.closest("td") : null;
  return cell?.parentElement === currentTarget && cell?.dataset.details === undefined;
};

interface CellsProps {
  readonly entry: LogEntry;
  readonly isOpen: boolean;
  readonly q: string;
}

const Cells = ({ entry, isOpen, q }: CellsProps) => {
  const { zone } = usePreferences().preferences;
  const time = formatTime(Date.parse(entry.timestamp), zone);
  return (
    <>
      <td className={styles.toggle}>
        <button
          type="button"
          tabIndex={-1}
          aria-expanded={isOpen}
          aria-label="Details"
          className={styles.button}
        >
          {isOpen ? <ChevronDownIcon /> : <ChevronRightIcon />}
        </button>
      </td>
      <td className={styles.time} title={time}>
        <span className={styles.day}>{time.slice(5, 11)}</span>
        {time.slice(11)}
      </td>
      <td className={styles.severity}>{entry.severity}</td>
      <td className={styles.service} title={entry.service}>
        {entry.service}
      </td>
      <td className={styles.message}>
        <Message message={entry.message} q={q} />
      </td>
    </>
  );
};

const Row = (props: EntryRowProps) => {
  const { entry, isOpen, isSelected, onToggle, q = "", id, rowIndex, ref, dataIndex } = props;
  return (
    // Keys are the grid's, which has the focus: see `aria-activedescendant`.
    <tr
      ref={ref}
      id={id}
      aria-rowindex={rowIndex}
      aria-selected={isSelected}
      data-index={dataIndex}
      data-severity={entry.severity}
      className={`${styles.row} ${isOpen ? styles.open : ""}`}
      onClick={(event) => {
        if (isAboutRow(event)) onToggle(entry);
      }}
    >
      <Cells entry={entry} isOpen={isOpen} q={q} />
      {isOpen && (
        <td className={styles.details} data-details="">
          <Fetched>
            <EntryDetails entry={entry} />
          </Fetched>
        </td>
      )}
    </tr>
  );
};

/** One entry as a row of an `EntryTable`: a line, and its details below it where it is open. */
export const EntryRow = memo(Row);

/** The names of the columns, as the head of the table. */
export const EntryColumns = () => (
  <thead className={styles.head}>
    <tr className={`${styles.row} ${styles.columns}`} aria-rowindex={1}>
      <th scope="col" className={styles.unseen}>
        Details
      </th>
      <th scope="col">Time</th>
      <th scope="col">Severity</th>
      <th scope="col">Service</th>
      <th scope="col">Message</th>
    </tr>
  </thead>
);

export type EntryTableProps = Omit<ComponentProps<"table">, "className" | "role" | "onToggle">;

/** The table of `EntryRow`s, laid out as blocks. With `tabIndex` and `onKeyDown` it takes the keyboard as a grid does. */
export const EntryTable = (props: EntryTableProps) => (
  // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table in which the keyboard moves is a grid
  <table role="grid" className={styles.table} {...props} />
);
