import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { failureSentence } from "../../components/failure-text.ts";
import { RefreshIcon } from "../../components/icons.tsx";
import { Spinner } from "../../components/spinner.tsx";
import shared from "../../design/shared.module.css";
import { countOf } from "../../format/number.ts";
import { AskedProvider } from "./asked-provider.tsx";
import styles from "./field-browser.module.css";
import { type Field, fieldsShown } from "./field-list.ts";
import { FieldRow } from "./field-row.tsx";
import { useFields } from "./use-fields.ts";

const withToggled = (names: ReadonlySet<string>, name: string): ReadonlySet<string> =>
  names.has(name) ? names.difference(new Set([name])) : names.union(new Set([name]));

interface ListProps {
  readonly fields: readonly Field[];
  readonly text: string;
}

const List = ({ fields, text }: ListProps) => {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(["severity", "service"]));
  const shown = fieldsShown(fields, text);
  if (shown.length === 0)
    return (
      <p className={styles.note}>
        {fields.length === 0
          ? "No entries here, so no fields."
          : `No field is called like ${text}.`}
      </p>
    );
  return (
    <ul className={styles.list}>
      {shown.map((field) => (
        <FieldRow
          key={field.name}
          field={field}
          isOpen={open.has(field.name)}
          onToggle={() => setOpen(withToggled(open, field.name))}
        />
      ))}
    </ul>
  );
};

const Browser = () => {
  const [text, setText] = useState("");
  const { data, error, isFetching, isPlaceholderData, refetch } = useFields();
  return (
    <>
      <div className={styles.search}>
        <input
          type="search"
          className={shared.input}
          aria-label="Filter the fields by name"
          placeholder={
            data ? `Filter ${countOf(data.fields.length, "field", "fields")}` : "Filter fields"
          }
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {isFetching && <Spinner label="Counting fields" />}
      </div>
      <div className={`${styles.scroll} ${isPlaceholderData ? styles.old : ""}`}>
        {data && !data.complete && <p className={styles.note}>The newest part is counted.</p>}
        {data && <List fields={data.fields} text={text} />}
        {error && !data && (
          <p className={styles.note}>
            The fields could not be counted: {failureSentence(error)}
            <Button onClick={() => void refetch()}>
              <RefreshIcon /> Try again
            </Button>
          </p>
        )}
      </div>
    </>
  );
};

/** All fields of the entries that are shown. */
export const FieldBrowser = () => (
  <AskedProvider>
    <Browser />
  </AskedProvider>
);
