import type { Buffer } from "node:buffer";
import type { Entry } from "../../entry/entry.ts";
import type { ChunkWriter } from "../chunk-writer.ts";
import type { Gathered } from "../gather.ts";
import { stringEncodings, templateRowsMin, templatesFromEntries, textForms } from "../layout.ts";
import { writeUtf8 } from "../wtf8.ts";
import { encodeIntegers } from "./integers.ts";
import { isNumberAt } from "./number-text.ts";
import { findReferences, type Reference } from "./reference.ts";
import { encodeStrings } from "./strings.ts";
import { type Group, groupMessages } from "./template-groups.ts";
import { type Scan, scanMessages } from "./template-scan.ts";
import { sumUp, writeText } from "./text.ts";

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

const findReference = (draft: Draft, group: Group, slot: number): Reference | undefined => {
  const { entries, gathered, scan } = draft;
  const row = group.rows[0]!;
  const text = textOf(draft, scan.firstSlots[row]! + slot);
  const candidates = findReferences(text, entries[row]!, gathered);
  return candidates.find((candidate) => refersTo(draft, group, slot, candidate));
};

const refersTo = (
  draft: Draft,
  { rows }: Group,
  slot: number,
  { valueOf: readValue }: Reference,
): boolean => {
  const { entries, scan, bytes } = draft;
  const { firstSlots, places } = scan;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const value = readValue(entries[row]!);
    const place = firstSlots[row]! + slot;
    if (typeof value === "string") {
      if (!hasText(draft, place, value)) return false;
    } else if (typeof value === "number") {
      const [start, end] = [places[2 * place]!, places[2 * place + 1]!];
      if (!isNumberAt(bytes, start, end, value)) return false;
    } else return false;
  }
  return true;
};

const isConstant = (draft: Draft, { rows }: Group, slot: number): boolean => {
  const { firstSlots } = draft.scan;
  const text = textOf(draft, firstSlots[rows[0]!]! + slot);
  for (let i = 1; i < rows.length; i++) {
    if (!hasText(draft, firstSlots[rows[i]!]! + slot, text)) return false;
  }
  return true;
};

/** Writes the literals of a group, slots that never differ among them, and returns the slots that do. */
const writeLiterals = (draft: Draft, group: Group, writer: ChunkWriter): SlotPlan[] => {
  const { scan, bytes, offsets } = draft;
  const row = group.rows[0]!;
  const first = scan.firstSlots[row]!;
  const count = scan.firstSlots[row + 1]! - first;
  const plans: SlotPlan[] = [];
  const ends: number[] = [];
  for (let slot = 0; slot < count; slot++) {
    if (isConstant(draft, group, slot)) continue;
    ends.push(scan.places[2 * (first + slot)]!, scan.places[2 * (first + slot) + 1]!);
    plans.push({ slot, reference: findReference(draft, group, slot) });
  }
  writer.directory.varint(group.rows.length);
  writer.directory.varint(plans.length);
  ends.push(offsets[row + 1]!);
  let from = offsets[row]!;
  for (let i = 0; i < ends.length; i += 2) {
    writeUtf8(bytes, from, ends[i]!, writer.directory);
    from = ends[i + 1]!;
  }
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
  const scan = scanMessages(bytes, offsets, writer);
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
  encodeIntegers(codes, messages.length, writer);
  for (const [index, group] of groups.entries()) {
    for (const plan of plans[index]!) writeSlot(draft, group, plan, writer);
  }
  return true;
};
