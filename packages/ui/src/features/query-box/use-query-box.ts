import type { CompletionItem, ParsedQuery } from "@log-service/query";
import { type KeyboardEvent, type RefObject, useState } from "react";
import { acceptanceIn, type Edit, isBegun } from "./edit-text.ts";
import { readHistory } from "./history.ts";
import { type Action, actionOf, type BoxState } from "./keys.ts";
import { replaceText } from "./replace-text.ts";
import { type Offer, useCompletion } from "./use-completion.ts";
import { type Draft, useDraft } from "./use-draft.ts";

export interface QueryBoxControl {
  readonly draft: Draft;
  /** What is said of the text. Where something is offered, what is missing is about to be typed. */
  readonly remarks: Pick<ParsedQuery, "problems" | "hints">;
  readonly offer: Offer | undefined;
  /** The item of the offer that has been chosen; -1 for none. */
  readonly active: number;
  readonly onType: (field: HTMLTextAreaElement, isComposing: boolean) => void;
  readonly onCaret: (field: HTMLTextAreaElement) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  readonly accept: (item: number) => void;
  readonly replace: (edit: Edit) => void;
  readonly closeOffer: () => void;
  readonly run: (text?: string) => void;
}

const noRemarks = { problems: [], hints: [] };

/** Where the caret stands, what is offered there, and what of it has been chosen. */
const useOffer = (text: string) => {
  const [caret, setCaret] = useState(0);
  const [isWanted, setIsWanted] = useState(false);
  const [chosen, setChosen] = useState<CompletionItem>();
  const offer = useCompletion(text, caret, isWanted);
  const items = offer?.completion.items ?? [];
  const offerAt = (at: number, isOffered: boolean) => {
    setCaret(at);
    setIsWanted(isOffered);
    setChosen(undefined);
  };
  return {
    caret,
    offer,
    // Its place is another one in the list that answers what was typed last.
    active: items.findIndex(({ kind, text: own }) => kind === chosen?.kind && own === chosen.text),
    choose: (item: number) => setChosen(items[item]),
    offerAt,
  };
};

/** Queries of before, brought back in place of nothing. */
const useRecall = (type: Draft["type"]) => {
  const [place, setPlace] = useState(-1);
  const recall = (step: 1 | -1) => {
    const history = readHistory();
    const next = Math.min(Math.max(place - step, -1), history.length - 1);
    type(history[next] ?? "");
    setPlace(next);
  };
  return { isRecalled: place >= 0, recall, forget: () => setPlace(-1) };
};

const pressOf = ({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent) => ({
  key,
  isCommand: ctrlKey || metaKey,
  isShift: shiftKey,
});

const stateOf = (
  { selectionStart, value }: HTMLTextAreaElement,
  offer: Offer | undefined,
): Pick<BoxState, "count" | "isBegun" | "isAtEnd" | "isEmpty"> => ({
  count: offer?.completion.items.length ?? 0,
  isBegun: offer !== undefined && isBegun(offer.text, offer.at, offer.completion),
  isAtEnd: selectionStart === value.length,
  isEmpty: value === "",
});

/** What the query box knows and does; the components draw it. */
export const useQueryBox = (box: RefObject<HTMLTextAreaElement | null>): QueryBoxControl => {
  const draft = useDraft();
  const { caret, offer, active, choose, offerAt } = useOffer(draft.text);
  const { isRecalled, recall, forget } = useRecall(draft.type);

  const replace = (edit: Edit) => {
    if (box.current) replaceText(box.current, edit);
  };
  const accept = (index: number) => {
    const item = offer?.completion.items[index];
    const edit = offer && item && acceptanceIn(draft.text, caret, offer, item);
    if (!edit) return;
    replace(edit);
    offerAt(edit.from + edit.text.length, item.kind === "field" || item.text === "(");
  };
  const run = (text?: string) => {
    offerAt(caret, false);
    draft.run(text);
  };
  const act = (action: Action) => {
    if (action.kind === "run") run();
    else if (action.kind === "accept") accept(action.item);
    else if (action.kind === "choose") choose(action.item);
    else if (action.kind === "recall") recall(action.step);
    else if (action.kind === "leave") box.current?.blur();
    else offerAt(box.current?.selectionStart ?? 0, action.kind === "offer");
  };
  const onType: QueryBoxControl["onType"] = ({ value, selectionStart }, isComposing) => {
    draft.type(value);
    forget();
    // Nothing is offered before a word has begun: whoever looks for plain words is left alone.
    offerAt(selectionStart, !isComposing && /\S$/.test(value.slice(0, selectionStart)));
  };
  const onCaret: QueryBoxControl["onCaret"] = ({ selectionStart }) => {
    if (selectionStart !== caret) offerAt(selectionStart, false);
  };
  const onKeyDown: QueryBoxControl["onKeyDown"] = (event) => {
    // The keys of an input method are its own; Safari tells of the last one too late, by its code only.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const state = { ...stateOf(event.currentTarget, offer), active, isRecalled };
    const action = actionOf(pressOf(event), state);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    act(action);
  };
  const closeOffer = () => offerAt(caret, false);
  const remarks = draft.isSettled && !offer ? draft.parsed : noRemarks;
  const on = { onType, onCaret, onKeyDown };
  return { draft, remarks, offer, active, accept, replace, run, closeOffer, ...on };
};
