import { builtInFields, canonicalField, type QueryableValue } from "./entry.ts";
import { tokenize } from "./parse.ts";
import type { Token } from "./scanner.ts";
import { printField, printValue } from "./text.ts";

/** What is known of the logs that a query is about. Both may take as long as a request takes. */
export interface CompletionSource {
  /** The fields that entries have, the most interesting first; the built-in ones come by themselves. */
  fields(): readonly string[] | Promise<readonly string[]>;
  /** Values of a field, the most frequent first. It may ignore `prefix`, what has been typed of one. */
  values(
    field: string,
    prefix: string,
  ): readonly QueryableValue[] | Promise<readonly QueryableValue[]>;
}

export interface CompletionItem {
  readonly kind: "field" | "value" | "keyword" | "operator";
  /** What to put in place of the text from `from` to `to`. */
  readonly text: string;
}

/** What can stand at a place of a query. Offsets are in UTF-16 units; `to` is exclusive. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly items: readonly CompletionItem[];
}

/** A list that a person looks through. */
const itemsMax = 50;

const severities = ["info", "warning", "error"];
const operators = [">", ">=", "<", "<=", "[", "*", "("];

/** What is being typed. */
interface Place {
  readonly from: number;
  readonly prefix: string;
  /** The field whose value it is; undefined where a term begins. */
  readonly field: string | undefined;
  /** Whether AND and OR make sense: something stands before. */
  readonly isAfterTerm: boolean;
  /** Whether the value is one of several in parentheses. */
  readonly isInGroup: boolean;
}

const textOf = (text: string, { from, to }: Token): string => text.slice(from, to);

const fieldBefore = (text: string, tokens: readonly Token[], colon: number): string | undefined => {
  const token = tokens[colon];
  const name = tokens[colon - 1];
  if (token?.kind !== "colon" || name?.kind !== "field") return undefined;
  return canonicalField(unquote(textOf(text, name)));
};

/** The field of the innermost group of values that is open behind these tokens. */
const fieldOfGroup = (text: string, tokens: readonly Token[]): string | undefined => {
  let depth = 0;
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at]!;
    const sign = textOf(text, token);
    if (token.kind !== "paren") continue;
    if (sign === ")") depth++;
    else if (depth > 0) depth--;
    else {
      const field = fieldBefore(text, tokens, at - 1);
      if (field !== undefined) return field;
    }
  }
  return undefined;
};

const unquote = (raw: string): string =>
  raw.startsWith('"')
    ? raw
        .slice(1)
        .replace(/"$/, "")
        .replace(/\\(["\\])/g, "$1")
    : raw;

const isOpening = ({ kind }: Token, text: string): boolean =>
  kind === "keyword" || kind === "not" || (kind === "paren" && text === "(");

/** Whether a range is open behind these tokens. */
const isInRange = (text: string, tokens: readonly Token[]): boolean => {
  const last = tokens.findLast(({ kind }) => kind === "bracket");
  return last !== undefined && /^[[{]/.test(textOf(text, last));
};

/** Finds out what is being typed at the end of a text; undefined where nothing can be said. */
const placeAtEnd = (text: string): Place | undefined => {
  const tokens = tokenize(text);
  if (isInRange(text, tokens)) return undefined;
  const last = tokens.at(-1);
  const isTouching = last !== undefined && last.to === text.length;
  const isBegun = isTouching && !isOpening(last, textOf(text, last)) && last.kind !== "colon";
  const before = isBegun ? tokens.slice(0, -1) : tokens;
  const from = isBegun ? last.from : text.length;
  const raw = text.slice(from);
  const previous = before.at(-1);
  const isAfterTerm = previous !== undefined && !isOpening(previous, textOf(text, previous));
  const own = fieldBefore(text, before, before.length - 1);
  const isOwn = own !== undefined && previous?.to === from;
  const field = isOwn ? own : fieldOfGroup(text, before);
  const isTyped = !isBegun || /^(?:word|value)$/.test(last.kind) || raw.startsWith('"');
  // A phrase, an expression, a comparison, or what is closed already.
  if (!isTyped || raw === ")" || (raw.startsWith('"') && field === undefined)) return undefined;
  return {
    from,
    prefix: unquote(raw),
    field,
    isAfterTerm: isAfterTerm && !isOwn,
    isInGroup: !isOwn,
  };
};

const startsLike = (text: string, prefix: string): boolean =>
  text.toLowerCase().startsWith(prefix.toLowerCase());

const keywordsAt = ({ isAfterTerm, prefix }: Place): CompletionItem[] =>
  (isAfterTerm ? ["AND", "OR", "NOT"] : ["NOT"])
    .filter((word) => startsLike(word, prefix))
    .map((text) => ({ kind: "keyword", text }));

const valuesAt = async (
  field: string,
  { prefix, isAfterTerm, isInGroup }: Place,
  source: CompletionSource,
): Promise<CompletionItem[]> => {
  const values = field === "severity" ? severities : await source.values(field, prefix);
  const texts = [...new Set(values.map(String))].filter((value) => startsLike(value, prefix));
  const signs = prefix === "" && !isInGroup && !isAfterTerm ? operators : [];
  return [
    ...texts
      .slice(0, itemsMax)
      .map((value) => ({ kind: "value", text: printValue(value) }) as const),
    ...signs.map((text) => ({ kind: "operator", text }) as const),
  ];
};

const fieldsAt = async (
  { prefix }: Place,
  isNamed: boolean,
  source: CompletionSource,
): Promise<CompletionItem[]> => {
  const names = [...new Set([...(await source.fields()), ...builtInFields])];
  return names
    .filter((name) => startsLike(name, prefix))
    .slice(0, itemsMax)
    .map((name) => ({ kind: "field", text: `${printField(name)}${isNamed ? "" : ":"}` }));
};

/** Where the word that is being typed ends in the whole text: what stands behind the cursor is replaced with it. */
const endOf = (text: string, at: number, from: number): number => {
  const token = tokenize(text).find((one) => one.from === from && one.to >= at);
  return token !== undefined && from < at && token.kind !== "error" ? token.to : at;
};

/**
 * Says what can stand at a place of a query's text, as one types it: fields, values, keywords, and what stands behind a
 * field's colon. It throws what the source throws.
 */
export const complete = async (
  text: string,
  at: number,
  source: CompletionSource,
): Promise<Completion> => {
  const place = placeAtEnd(text.slice(0, at));
  if (place === undefined) return { from: at, to: at, items: [] };
  const { from, field } = place;
  const to = endOf(text, at, from);
  const found =
    field === undefined
      ? await fieldsAt(place, text[to] === ":", source)
      : await valuesAt(field, place, source);
  const keywords = field === undefined || place.isInGroup ? keywordsAt(place) : [];
  return { from, to, items: [...found, ...keywords] };
};
