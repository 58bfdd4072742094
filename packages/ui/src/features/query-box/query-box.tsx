import { lazy, Suspense, useId, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { CloseIcon, SearchIcon } from "../../components/icons.tsx";
import shared from "../../design/shared.module.css";
import { countOf } from "../../format/number.ts";
import { withCondition } from "../../query-text/edit-query.ts";
import { oneLine } from "./edit-text.ts";
import { itemId } from "./item-id.ts";
import styles from "./query-box.module.css";
import { QueryInput } from "./query-input.tsx";
import type { QueryPanelProps } from "./query-panel.tsx";
import { SyntaxHelp } from "./syntax-help.tsx";
import { type QueryBoxControl, useQueryBox } from "./use-query-box.ts";

// Where it can't be fetched the box does without: a query can be typed and run all the same.
const QueryPanel = lazy(() =>
  import("./query-panel.tsx").then(
    (panel) => ({ default: panel.QueryPanel }),
    () => ({ default: (_: QueryPanelProps) => null }),
  ),
);

const Buttons = ({ control }: { readonly control: QueryBoxControl }) => {
  const { draft, run } = control;
  return (
    <>
      {draft.text !== "" && (
        <Button kind="quiet" aria-label="Clear the query" onClick={() => run("")}>
          <CloseIcon />
        </Button>
      )}
      <SyntaxHelp onPick={(query) => draft.type(withCondition(draft.text, query))} />
      <Button
        kind={draft.isDirty ? "primary" : "quiet"}
        className={styles.run}
        title={draft.isDirty ? "Run the query (Enter)" : "Run the query again (Enter)"}
        onClick={() => run()}
      >
        Run
      </Button>
    </>
  );
};

/** Where one says what one looks for. */
export const QueryBox = () => {
  const box = useRef<HTMLTextAreaElement>(null);
  const control = useQueryBox(box);
  const [isFocused, setIsFocused] = useState(false);
  const [listId, remarksId] = [useId(), useId()];
  const { draft, offer, active } = control;
  const { problems, hints } = control.remarks;
  const isWrong = problems.length > 0;
  return (
    <div className={styles.box} data-dirty={draft.isDirty} data-wrong={isWrong}>
      <span className={styles.icon}>
        <SearchIcon />
      </span>
      <QueryInput
        ref={box}
        id="query"
        value={draft.text}
        problems={problems}
        hints={hints}
        placeholder={'Search: timeout, "connection reset", severity:error, latency_ms:>250'}
        aria-label="Query"
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={offer && listId}
        aria-activedescendant={offer && active >= 0 ? itemId(listId, active) : undefined}
        aria-invalid={isWrong}
        aria-describedby={isFocused && isWrong ? remarksId : undefined}
        onChange={(event) =>
          control.onType(
            event.currentTarget,
            event.nativeEvent instanceof InputEvent && event.nativeEvent.isComposing,
          )
        }
        onSelect={(event) => control.onCaret(event.currentTarget)}
        onKeyDown={control.onKeyDown}
        onPaste={(event) => {
          const text = event.clipboardData.getData("text/plain");
          if (!/[\r\n]/.test(text)) return;
          event.preventDefault();
          const { selectionStart: from, selectionEnd: to } = event.currentTarget;
          control.replace({ from, to, text: oneLine(text) });
        }}
        onFocus={() => setIsFocused(true)}
        onBlur={() => {
          setIsFocused(false);
          control.closeOffer();
        }}
      />
      <Buttons control={control} />
      {isFocused && (
        <Suspense fallback={null}>
          <QueryPanel control={control} listId={listId} remarksId={remarksId} />
        </Suspense>
      )}
      <span role="status" className={shared.unseen}>
        {offer
          ? countOf(offer.completion.items.length, "suggestion", "suggestions")
          : problems[0]?.message}
      </span>
    </div>
  );
};
