import { type FormEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { PencilIcon, PlusIcon, TrashIcon } from "../../components/icons.tsx";
import { focusFirst } from "../../components/popover.tsx";
import shared from "../../design/shared.module.css";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { rangeText } from "../../view/range-text.ts";
import { useView } from "../../view/view-provider.tsx";
import {
  addressOf,
  nameFor,
  type SavedSearch,
  savedView,
  withName,
  withoutSaved,
  withSaved,
} from "./saved.ts";
import styles from "./saved-panel.module.css";
import { useSaved } from "./use-saved.ts";

type Save = (next: readonly SavedSearch[]) => void;

const nameIn = (event: FormEvent<HTMLFormElement>): string => {
  event.preventDefault();
  return `${new FormData(event.currentTarget).get("name")}`.trim();
};

interface ListProps {
  readonly all: readonly SavedSearch[];
  readonly save: Save;
}

const SaveForm = ({ all, save }: ListProps) => {
  const { view } = useView();
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        const name = nameIn(event);
        if (name) save(withSaved(all, { name, address: addressOf(view) }));
      }}
    >
      <label className={styles.label}>
        Save this search as
        <input
          className={shared.input}
          name="name"
          maxLength={100}
          required
          defaultValue={nameFor(view)}
        />
      </label>
      <Button type="submit" kind="primary">
        <PlusIcon /> Save
      </Button>
    </form>
  );
};

interface ItemProps extends ListProps {
  readonly saved: SavedSearch;
  readonly onRun: () => void;
}

const Rename = ({ all, save, saved, onDone }: ItemProps & { readonly onDone: () => void }) => (
  <form
    className={styles.form}
    onSubmit={(event) => {
      save(withName(all, saved.name, nameIn(event)));
      onDone();
    }}
  >
    <input
      className={shared.input}
      name="name"
      aria-label={`New name of ${saved.name}`}
      maxLength={100}
      required
      defaultValue={saved.name}
      // biome-ignore lint/a11y/noAutofocus: whoever asked for another name writes it now
      autoFocus
    />
    <Button type="submit">Rename</Button>
  </form>
);

const Item = (props: ItemProps) => {
  const { all, save, saved, onRun } = props;
  const { zone } = usePreferences().preferences;
  const [isRenamed, setIsRenamed] = useState(false);
  if (isRenamed) return <Rename {...props} onDone={() => setIsRenamed(false)} />;
  const { q, range } = savedView(saved);
  return (
    <div className={styles.item}>
      <button type="button" className={styles.run} onClick={onRun}>
        <span>{saved.name}</span>
        <span className={styles.about}>
          <code>{q || "all entries"}</code> · {rangeText(range, zone)}
        </span>
      </button>
      <Button kind="quiet" aria-label={`Rename ${saved.name}`} onClick={() => setIsRenamed(true)}>
        <PencilIcon />
      </Button>
      <Button
        kind="quiet"
        aria-label={`Delete ${saved.name}`}
        onClick={() => save(withoutSaved(all, saved.name))}
      >
        <TrashIcon />
      </Button>
    </div>
  );
};

/** The searches that this browser keeps, and a form to keep another. */
export const SavedPanel = ({ onDone }: { readonly onDone: () => void }) => {
  const { show } = useView();
  const { all, isKept, save } = useSaved();
  return (
    <div className={styles.panel} ref={focusFirst}>
      <SaveForm all={all} save={save} />
      {!isKept && (
        <p className={styles.note}>This browser keeps nothing: saved until the page is closed.</p>
      )}
      {all.length === 0 && <p className={styles.note}>Nothing is saved yet.</p>}
      <ul className={styles.list}>
        {all.map((saved) => (
          <li key={saved.name}>
            <Item
              {...{ all, save, saved }}
              onRun={() => {
                show(savedView(saved));
                onDone();
              }}
            />
          </li>
        ))}
      </ul>
    </div>
  );
};
