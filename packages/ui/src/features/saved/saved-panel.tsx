import { useId, useState } from "react";
import { Button } from "../../components/button.tsx";
import { PencilIcon, PlusIcon, TrashIcon } from "../../components/icons.tsx";
import { focusFirst } from "../../components/popover.tsx";
import shared from "../../design/shared.module.css";
import { usePreferences } from "../../preferences/preferences-provider.tsx";
import { rangeText } from "../../view/range-text.ts";
import { useView } from "../../view/view-provider.tsx";
import {
  addressOf,
  isTaken,
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

interface ListProps {
  readonly all: readonly SavedSearch[];
  readonly save: Save;
}

const SaveForm = ({ all, save }: ListProps) => {
  const { view } = useView();
  const [text, setText] = useState(nameFor(view));
  const name = text.trim();
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
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
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <Button type="submit" kind="primary">
        <PlusIcon /> {isTaken(all, name) ? "Replace" : "Save"}
      </Button>
    </form>
  );
};

interface ItemProps extends ListProps {
  readonly saved: SavedSearch;
  readonly onRun: () => void;
}

const Rename = ({ all, save, saved, onDone }: ItemProps & { readonly onDone: () => void }) => {
  const problemId = useId();
  const [text, setText] = useState(saved.name);
  const isOfAnother = isTaken(withoutSaved(all, saved.name), text.trim());
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isOfAnother) return;
        save(withName(all, saved.name, text));
        onDone();
      }}
    >
      <label className={styles.label}>
        <span className={shared.unseen}>New name of {saved.name}</span>
        <input
          className={shared.input}
          maxLength={100}
          required
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          aria-invalid={isOfAnother}
          aria-describedby={problemId}
          // biome-ignore lint/a11y/noAutofocus: whoever asked for another name writes it now
          autoFocus
        />
        <span id={problemId} role="alert" className={styles.problem}>
          {isOfAnother && "Another search has this name."}
        </span>
      </label>
      <Button type="submit">Rename</Button>
    </form>
  );
};

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
