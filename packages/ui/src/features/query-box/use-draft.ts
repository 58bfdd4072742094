import { type ParsedQuery, parse } from "@log-service/query";
import { useEffect, useMemo, useState } from "react";
import { useView } from "../../view/view-provider.tsx";
import { queryOf } from "./edit-text.ts";
import { remember } from "./history.ts";

export interface Draft {
  readonly text: string;
  readonly parsed: ParsedQuery;
  /** Typed, and not asked yet. */
  readonly isDirty: boolean;
  /** Nothing has been typed for a moment, or it was to run: time to say what is wrong. */
  readonly isSettled: boolean;
  readonly type: (text: string) => void;
  /** Asks the text, or one that takes its place; false when it has problems. */
  readonly run: (text?: string) => boolean;
}

/** Half a word is not a mistake yet. */
const pauseMs = 600;

/** What stands in the box: the query of the view, and what has been typed since. */
export const useDraft = (): Draft => {
  const { view, show, typed, refresh } = useView();
  const [text, setText] = useState(view.q);
  const [shownQ, setShownQ] = useState(view.q);
  const [settledText, setSettledText] = useState(view.q);
  if (shownQ !== view.q) {
    setShownQ(view.q);
    // What was run keeps the spaces that it was typed with.
    if (queryOf(text) !== view.q) setText(view.q);
    setSettledText(view.q);
  }
  useEffect(() => {
    const timer = setTimeout(() => setSettledText(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const parsed = useMemo(() => parse(text), [text]);
  const run = (asked = text): boolean => {
    setText(asked);
    setSettledText(asked);
    if (parse(asked).problems.length > 0) return false;
    const q = queryOf(asked);
    remember(q);
    if (q === view.q) refresh();
    else show({ q });
    return true;
  };
  const isDirty = queryOf(text) !== queryOf(view.q);
  useEffect(() => {
    const take = (q: string, asked: string) => {
      setText(q);
      setSettledText(q);
      setShownQ(asked);
    };
    const isAskable = parsed.problems.length === 0;
    typed.current = isDirty ? { q: queryOf(text), isAskable, take } : undefined;
  }, [typed, isDirty, parsed, text]);
  return { text, parsed, isDirty, isSettled: settledText === text, type: setText, run };
};
