import type { Completion, CompletionItem } from "@log-service/query";

/** What takes the place of a part of a text. Offsets are in UTF-16 units; `to` is exclusive. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A query is one line; what is pasted or dropped comes from anywhere. */
export const oneLine = (text: string): string => text.replace(/[\r\n]+/g, " ");

/** What of a typed text is asked: without the spaces around it, unless a backslash takes their meaning away. */
export const queryOf = (text: string): string => {
  const start = text.trimStart();
  return /\\\s$/.test(start) ? start : start.trimEnd();
};

/** What accepting an item of a completion writes: a space behind what ends a term, so that one can type on. */
export const acceptanceOf = (
  text: string,
  { from, to }: Completion,
  { kind, text: written }: CompletionItem,
): Edit => {
  const isEnd = kind === "value" || kind === "keyword" || written === "*";
  const isSpaced = /^[\s)]/.test(text.slice(to));
  return { from, to, text: isEnd && !isSpaced ? `${written} ` : written };
};

/** A completion, and the text and the place that it is for. */
export interface Offered {
  readonly completion: Completion;
  readonly text: string;
  readonly at: number;
}

/**
 * What accepting an item writes into a text that may have been typed on since it was offered; undefined where something else than
 * the rest of the item has been typed.
 */
export const acceptanceIn = (
  text: string,
  at: number,
  { completion, ...offered }: Offered,
  item: CompletionItem,
): Edit | undefined => {
  if (offered.text === text && offered.at === at) return acceptanceOf(text, completion, item);
  const { from } = completion;
  const isSame =
    text.slice(0, from) === offered.text.slice(0, from) &&
    text.slice(at) === offered.text.slice(offered.at);
  if (!isSame || !item.text.startsWith(text.slice(from, at))) return undefined;
  return acceptanceOf(text, { ...completion, to: completion.to + at - offered.at }, item);
};

/** What Tab accepts when nothing has been chosen: the first item, once a part of it or its field has been typed. */
export const isBegun = (text: string, at: number, { from }: Completion): boolean =>
  from < at || text[at - 1] === ":";

/** The completion without what is typed already; undefined where there is nothing else. */
export const newItems = (text: string, completion: Completion): Completion | undefined => {
  const typed = text.slice(completion.from, completion.to);
  const items = completion.items.filter((item) => item.text !== typed);
  return items.length > 0 ? { ...completion, items } : undefined;
};
