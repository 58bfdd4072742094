import type { ChunkSource } from "../chunk-source.ts";
import { corrupt } from "../corrupt.ts";
import { stringEncodings } from "../layout.ts";
import { once } from "../once.ts";
import { readString } from "../wtf8.ts";
import { openIntegers } from "./integers.ts";
import { openStrings, type StringsView } from "./strings.ts";

/** What of a column a slot repeats: the value of the message's own entry, as text. */
export interface SlotReference {
  readonly kind: "reference";
  /** The index of the column in the chunk. */
  readonly column: number;
}

/** A text that several messages share, with slots in which they differ. */
export interface Template {
  /** The texts around the slots: one more than there are slots. */
  readonly literals: readonly string[];
  /** What stands in each slot: by the message's number among those of this template, or in another column. */
  readonly slots: readonly (StringsView | SlotReference)[];
}

/** Messages as texts with slots. Code 0 has no template: those messages are in `rest`, in their order. */
export interface TemplatesView {
  readonly kind: "templates";
  /** Code c is `templates[c - 1]`. */
  readonly templates: readonly Template[];
  readonly codes: Float64Array;
  /** Of each message its number among those of the same code. */
  readonly ranks: Uint32Array;
  readonly rest: StringsView | undefined;
  at(index: number): string;
}

/** Gives the value of an entry in a column, as text. */
export type ResolveReference = (column: number, index: number) => string;

interface OpenTemplate {
  readonly literals: readonly string[];
  readonly count: number;
}

const readTemplates = (source: ChunkSource): OpenTemplate[] => {
  const { directory } = source;
  const templates: OpenTemplate[] = [];
  for (let left = directory.varint(); left > 0; left--) {
    const count = directory.varint();
    const literals: string[] = [];
    for (let more = directory.varint() + 1; more > 0; more--) literals.push(readString(directory));
    templates.push({ literals, count });
  }
  return templates;
};

const openSlot = (source: ChunkSource, count: number): (() => StringsView | SlotReference) => {
  const { directory } = source;
  if (directory.buffer[directory.position] !== stringEncodings.reference) {
    return openStrings(source, count, "strings");
  }
  directory.byte();
  const column = directory.varint();
  return () => ({ kind: "reference", column });
};

const rank = (codes: Float64Array, counts: readonly number[]): Uint32Array => {
  const next = new Uint32Array(counts.length);
  const ranks = new Uint32Array(codes.length);
  for (let i = 0; i < codes.length; i++) ranks[i] = next[codes[i]!]!++;
  if (counts.some((count, code) => next[code] !== count)) {
    throw corrupt("a template has another number of messages");
  }
  return ranks;
};

/** Reads where messages are, and returns what gives access to them. */
export const openMessages = (
  source: ChunkSource,
  count: number,
  resolve: ResolveReference,
): (() => StringsView | TemplatesView) => {
  const { directory } = source;
  if (directory.buffer[directory.position] !== stringEncodings.templates) {
    return openStrings(source, count, "messages");
  }
  directory.byte();
  const opened = readTemplates(source);
  const restCount = opened.reduce((left, template) => left - template.count, count);
  const openRest = restCount > 0 ? openStrings(source, restCount, "messages") : undefined;
  const openCodes = openIntegers(source, count);
  const slots = opened.map((template) =>
    template.literals.slice(1).map(() => openSlot(source, template.count)),
  );
  return () => {
    const codes = once(openCodes);
    const ranks = once(() =>
      rank(codes(), [restCount, ...opened.map((template) => template.count)]),
    );
    const templates = opened.map(({ literals }, index) => ({
      literals,
      slots: slots[index]!.map((open) => open()),
    }));
    const rest = openRest?.();
    const at = (index: number): string => {
      const template = templates[codes()[index]! - 1];
      const rankOfIndex = ranks()[index]!;
      if (template === undefined) return rest!.at(rankOfIndex);
      let text = template.literals[0]!;
      for (const [slot, view] of template.slots.entries()) {
        text += view.kind === "reference" ? resolve(view.column, index) : view.at(rankOfIndex);
        text += template.literals[slot + 1]!;
      }
      return text;
    };
    return {
      kind: "templates",
      templates,
      get codes() {
        return codes();
      },
      get ranks() {
        return ranks();
      },
      rest,
      at,
    };
  };
};
