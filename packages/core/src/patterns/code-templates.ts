import type { ChunkReader, Template, TemplatesView } from "../chunk/index.ts";
import { type ColumnMask, maskColumn, maskStrings } from "./mask-column.ts";
import type { Masker } from "./masker.ts";
import type { CodeAt, Coding, Numbering } from "./numbering.ts";
import { isWordCharacter } from "./words.ts";

/** What a chunk's columns give to slots that repeat them; each is masked once. */
type ReferenceMasks = (column: number) => ColumnMask;

const createReferences = (reader: ChunkReader): ReferenceMasks => {
  const masks = new Map<number, ColumnMask>();
  return (index) => {
    const known = masks.get(index);
    if (known !== undefined) return known;
    const column = reader.columns()[index]!;
    const mask = maskColumn(column, () => reader.rows(column), reader.meta.count);
    masks.set(index, mask);
    return mask;
  };
};

/** A slot whose values are not all masked alike. */
interface MixedSlot {
  readonly slot: number;
  readonly masks: readonly (string | undefined)[];
  readonly codes: Uint32Array;
  /** Whether the codes are those of entries, not of the messages of the template. */
  readonly isByEntry: boolean;
}

/** What stands in the slots of a template: a text where it is the same in all its messages. */
interface MaskedSlots {
  /** Undefined for mixed slots, and for what is not one word. */
  readonly masks: (string | undefined)[];
  readonly mixed: readonly MixedSlot[];
}

/** Gives the code of a message's shape, by its number among those of its template and among those of the chunk. */
type CodeOfMessage = (rank: number, index: number) => number;

/** The code of all messages of a template, where they have one. */
type TemplateCode = number | CodeOfMessage;

/** Whether no word goes on over the border of a slot. Our writers see to it; another one might not. */
const hasWordBorders = ({ literals }: Template): boolean => {
  const last = literals.length - 1;
  return literals.every((literal, at) => {
    const isClosedBefore = at === 0 || !isWordCharacter(literal, 0);
    const isClosedBehind = at === last || !isWordCharacter(literal, literal.length - 1);
    const isEmptyInside = literal === "" && at > 0 && at < last;
    return isClosedBefore && isClosedBehind && !isEmptyInside;
  });
};

/** More combinations than this are not kept apart by their number. */
const combinationsMax = 2 ** 40;

/** Masks the messages of one template: once when all its slots are masked alike, else once for each combination. */
const codeByTemplate = (
  { literals }: Template,
  { masks, mixed }: MaskedSlots,
  masker: Masker,
  numbering: Numbering,
  fallback: CodeOfMessage,
): TemplateCode => {
  const combinations = mixed.reduce((product, slot) => product * slot.masks.length, 1);
  if (combinations > combinationsMax) return fallback;
  const codeOfMasks = (): number => {
    let text = literals[0]!;
    for (let slot = 0; slot < masks.length; slot++) {
      const mask = masks[slot];
      if (mask === undefined) return -1;
      text += mask + literals[slot + 1]!;
    }
    return numbering.codeOf(masker.shapeOfMasked(text));
  };
  if (mixed.length === 0) {
    const code = codeOfMasks();
    return code < 0 ? fallback : code;
  }
  const known = new Map<number, number>();
  return (rank, index) => {
    let combination = 0;
    for (const { codes, isByEntry, masks: own } of mixed)
      combination = combination * own.length + codes[isByEntry ? index : rank]!;
    let code = known.get(combination);
    if (code === undefined) {
      for (const { slot, codes, isByEntry, masks: own } of mixed)
        masks[slot] = own[codes[isByEntry ? index : rank]!];
      code = codeOfMasks();
      known.set(combination, code);
    }
    return code < 0 ? fallback(rank, index) : code;
  };
};

/** Gives the numbers of the shapes of messages that are stored as templates. */
export const codeTemplates = (
  reader: ChunkReader,
  view: TemplatesView,
  { among, masker, numbering }: Coding,
): CodeAt => {
  const { templates, codes } = view;
  const byMessage: CodeOfMessage = (_, index) => numbering.codeOf(masker.shapeOf(view.at(index)));
  // The message of a template is joined of its parts; one without needs no more than its place among the others.
  const ofRest: CodeOfMessage = (rank) => numbering.codeOf(masker.shapeOf(view.rest!.at(rank)));
  const referenceMask = createReferences(reader);
  const counts = new Uint32Array(templates.length + 1);
  for (let index = 0; index < codes.length; index++) counts[codes[index]!]!++;
  const slotsOf = ({ slots }: Template, count: number): MaskedSlots => {
    const masks: (string | undefined)[] = [];
    const mixed: MixedSlot[] = [];
    for (const slot of slots) {
      const isByEntry = slot.kind === "reference";
      const mask = isByEntry ? referenceMask(slot.column) : maskStrings(slot, count);
      if (mask.kind === "each")
        mixed.push({ slot: masks.length, masks: mask.masks, codes: mask.codes, isByEntry });
      masks.push(mask.kind === "same" ? mask.mask : undefined);
    }
    return { masks, mixed };
  };
  const prepare = (template: Template, count: number): TemplateCode =>
    hasWordBorders(template)
      ? codeByTemplate(template, slotsOf(template, count), masker, numbering, byMessage)
      : byMessage;
  const coders: (TemplateCode | undefined)[] = [ofRest];
  const next = new Uint32Array(counts.length);
  return (index) => {
    const code = codes[index]!;
    const rank = next[code]!++;
    if (!among.has(index)) return -1;
    const coder = coders[code] ?? prepare(templates[code - 1]!, counts[code]!);
    coders[code] = coder;
    return typeof coder === "number" ? coder : coder(rank, index);
  };
};
