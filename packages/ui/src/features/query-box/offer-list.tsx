import type { CompletionItem } from "@log-service/query";
import { useEffect, useRef } from "react";
import { itemId } from "./item-id.ts";
import styles from "./offer-list.module.css";
import type { Offer } from "./use-completion.ts";

interface OfferListProps {
  readonly id: string;
  readonly offer: Offer;
  readonly active: number;
  readonly onAccept: (item: number) => void;
}

const signNotes: Readonly<Record<string, string>> = {
  ">": "greater than",
  ">=": "at least",
  "<": "less than",
  "<=": "at most",
  "[": "from … to, as in [1 TO 5]",
  "*": "has the field",
  "(": "one of several, as in (a OR b)",
  AND: "both",
  OR: "one of them",
  NOT: "without",
};

const noteOf = ({ kind, text }: CompletionItem, notes: Offer["notes"]): string | undefined =>
  kind === "operator" || kind === "keyword"
    ? signNotes[text]
    : (notes.get(text) ?? notes.get(`${text}:`));

/** What can stand where the caret is. It never has the focus: the text field keeps it. */
export const OfferList = ({ id, offer, active, onAccept }: OfferListProps) => {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div ref={list} id={id} role="listbox" aria-label="Suggestions" className={styles.list}>
      {offer.completion.items.map((item, i) => (
        <div
          key={`${item.kind} ${item.text}`}
          id={itemId(id, i)}
          role="option"
          tabIndex={-1}
          aria-selected={i === active}
          className={styles.item}
          onMouseDown={(event) => {
            event.preventDefault();
            onAccept(i);
          }}
        >
          <span className={`${styles.text} ${styles[item.kind]}`}>{item.text}</span>
          <span className={styles.note}>{noteOf(item, offer.notes)}</span>
        </div>
      ))}
    </div>
  );
};
