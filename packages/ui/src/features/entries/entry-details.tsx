import type { LogEntry } from "@log-service/sdk";
import { Button } from "../../components/button.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { ContextIcon, MinusIcon, PlusIcon, SearchIcon } from "../../components/icons.tsx";
import { formatTime, formatZone } from "../../format/time.ts";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { withTerm } from "../../query-text/edit-query.ts";
import { useView } from "../../view/view-provider.tsx";
import styles from "./entry-details.module.css";
import { type EntryField, fieldsOf, identitiesOf } from "./entry-fields.ts";
import { rangeAround } from "./range-around.ts";

interface EntryDetailsProps {
  readonly entry: LogEntry;
}

const Actions = ({ entry }: EntryDetailsProps) => {
  const { view, window, show } = useView();
  const everythingOf = (field: string, value: EntryField["value"]) =>
    show({
      tab: "entries",
      q: withTerm("", { field, value }),
      range: rangeAround(view.range, window, Date.parse(entry.timestamp)),
      context: undefined,
    });
  return (
    <div className={styles.actions}>
      <Button onClick={() => show({ context: entry.logId })}>
        <ContextIcon /> Show context
      </Button>
      {identitiesOf(entry).map(({ what, field, value }) => (
        <Button key={field} title={`${field}: ${value}`} onClick={() => everythingOf(field, value)}>
          <SearchIcon /> Everything of this {what}
        </Button>
      ))}
      <CopyButton text={() => JSON.stringify(entry, null, 2)} label="Copy as JSON">
        Copy as JSON
      </CopyButton>
    </div>
  );
};

/** Moments are told in the zone that the person chose, too. */
const Value = ({ field, value }: EntryField) => {
  const { zone } = usePreferences().preferences;
  if (field !== "timestamp") return `${value}`;
  const ms = Date.parse(`${value}`);
  if (zone === "utc") return `${value}`;
  return `${value} (${formatTime(ms, zone)} ${formatZone(ms, zone)})`;
};

const FieldRow = (row: EntryField) => {
  const { edit } = useView();
  const { field, value, canFilter } = row;
  const filter = (isExcluded: boolean) =>
    edit((q) => withTerm(q, { field, value, isExcluded }), { context: undefined });
  return (
    <tr>
      <th scope="row" className={styles.name}>
        <span>{field}</span>
      </th>
      <td className={styles.tools}>
        <Button
          kind="quiet"
          aria-label={`Filter for ${field}`}
          title="Filter for this value"
          disabled={!canFilter}
          onClick={() => filter(false)}
        >
          <PlusIcon />
        </Button>
        <Button
          kind="quiet"
          aria-label={`Filter out ${field}`}
          title="Filter out this value"
          disabled={!canFilter}
          onClick={() => filter(true)}
        >
          <MinusIcon />
        </Button>
        <CopyButton text={() => `${value}`} label={`Copy ${field}`} />
      </td>
      <td className={[styles.value, styles[typeof value]].join(" ")}>
        <Value {...row} />
      </td>
    </tr>
  );
};

/** All of an entry, and what can be done with it. Use it in any place; it changes the view by itself. */
export const EntryDetails = ({ entry }: EntryDetailsProps) => (
  <section className={styles.details} aria-label="Details of the entry">
    <Actions entry={entry} />
    <div className={styles.message}>
      <pre className={styles.text}>{entry.message}</pre>
      <CopyButton text={() => entry.message} label="Copy the message" />
    </div>
    <table className={styles.table}>
      <tbody>
        {fieldsOf(entry).map((row) => (
          <FieldRow key={row.field} {...row} />
        ))}
      </tbody>
    </table>
  </section>
);
