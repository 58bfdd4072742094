import type { Buffer } from "node:buffer";
import type { Entry } from "../../entry/entry.ts";
import type { ChunkSource } from "../chunk-source.ts";
import type { ChunkWriter } from "../chunk-writer.ts";
import { corrupt } from "../corrupt.ts";
import type { Gathered } from "../gather.ts";
import { stringEncodings, templateRowsMin, templatesFromEntries, textForms } from "../layout.ts";
import { readString, writeString } from "../wtf8.ts";
import { encodeIntegers, openIntegers } from "./integers.ts";
import { findReferences, type Reference } from "./reference.ts";
import { encodeStrings, openStrings, type StringsView } from "./strings.ts";
import { type Group, groupMessages } from "./template-groups.ts";
import { type Scan, scanMessages } from "./template-scan.ts";
import { sumUp, writeText } from "./text.ts";

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

/** Everything about the messages that writing a template needs. */
interface Draft {
  readonly entries: readonly Entry[];
  readonly gathered: Gathered;
  readonly bytes: Buffer;
  readonly offsets: Uint32Array;
  readonly scan: Scan;
}

const hasText = ({ bytes, scan }: Draft, slot: number, text: string): boolean => {
  const start = scan.places[2 * slot]!;
  if (scan.places[2 * slot + 1]! - start !== text.length) return false;
  for (let i = 0; i < text.length; i++) {
    if (bytes[start + i] !== text.charCodeAt(i)) return false;
  }
  return true;
};

// Slots are ASCII.
const textOf = ({ bytes, scan }: Draft, slot: number): string =>
  bytes.toString("latin1", scan.places[2 * slot]!, scan.places[2 * slot + 1]!);

/** What to write for a slot: nothing of its own where all messages have the same there. */
type SlotPlan =
  | { readonly slot: number; readonly reference: Reference }
  | { readonly slot: number; readonly reference: undefined };

const findReference = (draft: Draft, { rows }: Group, slot: number): Reference | undefined => {
  const { entries, gathered, scan } = draft;
  const firstSlot = scan.firstSlots[rows[0]!]! + slot;
  const candidates = findReferences(textOf(draft, firstSlot), entries[rows[0]!]!, gathered);
  return candidates.find((candidate) =>
    rows.every((row) => {
      const text = candidate.textOf(entries[row]!);
      return text !== undefined && hasText(draft, scan.firstSlots[row]! + slot, text);
    }),
  );
};

const isConstant = (draft: Draft, { rows }: Group, slot: number): boolean => {
  const { firstSlots } = draft.scan;
  const text = textOf(draft, firstSlots[rows[0]!]! + slot);
  return rows.every((row) => hasText(draft, firstSlots[row]! + slot, text));
};

/** Writes the literals of a group, slots that never differ among them, and returns the slots that do. */
const writeLiterals = (draft: Draft, group: Group, writer: ChunkWriter): SlotPlan[] => {
  const { scan, bytes, offsets } = draft;
  const row = group.rows[0]!;
  const first = scan.firstSlots[row]!;
  const count = scan.firstSlots[row + 1]! - first;
  const plans: SlotPlan[] = [];
  const literals: string[] = [];
  let from = offsets[row]!;
  for (let slot = 0; slot < count; slot++) {
    if (isConstant(draft, group, slot)) continue;
    literals.push(bytes.toString("utf8", from, scan.places[2 * (first + slot)]!));
    from = scan.places[2 * (first + slot) + 1]!;
    plans.push({ slot, reference: findReference(draft, group, slot) });
  }
  literals.push(bytes.toString("utf8", from, offsets[row + 1]!));
  writer.directory.varint(group.rows.length);
  writer.directory.varint(plans.length);
  for (const literal of literals) writeString(literal, writer.directory);
  return plans;
};

const writeSlot = (draft: Draft, group: Group, plan: SlotPlan, writer: ChunkWriter): void => {
  const { slot, reference } = plan;
  if (reference !== undefined) {
    writer.directory.byte(stringEncodings.reference);
    writer.directory.varint(reference.column);
    return;
  }
  const { firstSlots } = draft.scan;
  const values = group.rows.map((row) => textOf(draft, firstSlots[row]! + slot));
  encodeStrings(values, writer, "strings");
};

/** Writes the messages of entries: as texts with slots where most of them are alike. */
export const encodeMessages = (
  entries: readonly Entry[],
  gathered: Gathered,
  writer: ChunkWriter,
): void => {
  const messages = entries.map((entry) => entry.message);
  if (
    entries.length < templatesFromEntries ||
    !encodeTemplates(messages, entries, gathered, writer)
  ) {
    encodeStrings(messages, writer, "messages");
  }
};

const encodeTemplates = (
  messages: readonly string[],
  entries: readonly Entry[],
  gathered: Gathered,
  writer: ChunkWriter,
): boolean => {
  const { directory, draft: out } = writer;
  out.clear();
  const { form, lengths } = writeText(messages, out);
  if (form === textForms.wtf8) return false;
  const bytes = out.view();
  const offsets = sumUp(lengths);
  const scan = scanMessages(bytes, offsets);
  const { groups, rest, codes } = groupMessages(bytes, offsets, scan, templateRowsMin);
  if (rest.length * 2 > messages.length) return false;
  const draft = { entries, gathered, bytes, offsets, scan };
  directory.byte(stringEncodings.templates);
  directory.varint(groups.length);
  const plans = groups.map((group) => writeLiterals(draft, group, writer));
  if (rest.length > 0)
    encodeStrings(
      rest.map((row) => messages[row]!),
      writer,
      "messages",
    );
  encodeIntegers(codes, writer);
  for (const [index, group] of groups.entries()) {
    for (const plan of plans[index]!) writeSlot(draft, group, plan, writer);
  }
  return true;
};

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
    const codes = openCodes();
    const ranks = rank(codes, [restCount, ...opened.map((template) => template.count)]);
    const templates = opened.map(({ literals }, index) => ({
      literals,
      slots: slots[index]!.map((open) => open()),
    }));
    const rest = openRest?.();
    const at = (index: number): string => {
      const template = templates[codes[index]! - 1];
      const rankOfIndex = ranks[index]!;
      if (template === undefined) return rest!.at(rankOfIndex);
      let text = template.literals[0]!;
      for (const [slot, view] of template.slots.entries()) {
        text += view.kind === "reference" ? resolve(view.column, index) : view.at(rankOfIndex);
        text += template.literals[slot + 1]!;
      }
      return text;
    };
    return { kind: "templates", templates, codes, ranks, rest, at };
  };
};
