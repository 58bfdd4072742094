import { queryLengthMax } from "@log-service/query";
import { useId, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { CloseIcon, SearchIcon } from "../../components/icons.tsx";
import { formatCount } from "../../format/number.ts";
import { withCondition } from "../../query-text/edit-query.ts";
import { oneLine } from "./edit-text.ts";
import { itemId, OfferList } from "./offer-list.tsx";
import styles from "./query-box.module.css";
import { QueryInput } from "./query-input.tsx";
import { Remarks } from "./remarks.tsx";
import { SyntaxHelp } from "./syntax-help.tsx";
import { type QueryBoxControl, useQueryBox } from "./use-query-box.ts";

/** From here on it is said how much room is left. */
const nearlyFull = queryLengthMax - 400;

interface PanelProps {
  readonly control: QueryBoxControl;
  readonly listId: string;
  readonly remarksId: string;
}

/** Lies over the page below the box, so that nothing moves. */
const Panel = ({ control, listId, remarksId }: PanelProps) => {
  const { draft, offer, active, accept, replace } = control;
  const { problems, hints } = control.remarks;
  const hasRemarks = problems.length + hints.length > 0;
  const isNearlyFull = draft.text.length > nearlyFull;
  if (!hasRemarks && !offer && !isNearlyFull) return null;
  return (
    <div className={styles.panel}>
      {hasRemarks && (
        <Remarks id={remarksId} problems={problems} hints={hints} onFollow={replace} />
      )}
      {offer && <OfferList id={listId} offer={offer} active={active} onAccept={accept} />}
      {(offer || isNearlyFull) && (
        <p className={styles.foot}>
          <span>
            {offer && (
              <>
                <kbd>↑</kbd> <kbd>↓</kbd> choose <kbd>Tab</kbd> accept <kbd>Enter</kbd> run
              </>
            )}
          </span>
          {isNearlyFull && (
            <span>
              {formatCount(draft.text.length)} of {formatCount(queryLengthMax)} characters
            </span>
          )}
        </p>
      )}
    </div>
  );
};

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
      {isFocused && <Panel control={control} listId={listId} remarksId={remarksId} />}
      <span role="status" className={styles.unseen}>
        {offer ? `${offer.completion.items.length} suggestions` : problems[0]?.message}
      </span>
    </div>
  );
};
