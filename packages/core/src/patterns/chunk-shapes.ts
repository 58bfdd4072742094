import type { ChunkReader, StringsView, Template, TemplatesView } from "../chunk/index.ts";
import type { EntrySet } from "../evaluate/entry-set.ts";
import { type ColumnMask, maskColumn, maskStrings } from "./mask-column.ts";
import type { Masker } from "./masker.ts";
import { isWordCharacter } from "./words.ts";

/** The entries of one chunk that have the same shape. */
export interface ChunkShape {
  readonly shape: string;
  readonly count: number;
  /** In the order of `severities`. */
  readonly severities: [number, number, number];
  /** Milliseconds since 1970. */
  readonly firstTime: number;
  readonly lastTime: number;
  /** The id of the last of them in total order. */
  exampleId(): string;
  /** Its message, which costs more to read than all else here. */
  exampleMessage(): string;
}

const createNumbering = () => {
  const shapes: string[] = [];
  const known = new Map<string, number>();
  const codeOf = (shape: string): number => {
    const found = known.get(shape);
    if (found !== undefined) return found;
    known.set(shape, shapes.length);
    return shapes.push(shape) - 1;
  };
  return { shapes, codeOf };
};

type Numbering = ReturnType<typeof createNumbering>;

/** What the numbers of shapes are found for, and with. */
interface Coding {
  readonly among: EntrySet;
  readonly masker: Masker;
  readonly numbering: Numbering;
}

/** The number of an entry's shape, -1 of one that is not looked at. It must be asked of each, in ascending order. */
type CodeAt = (index: number) => number;

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

/** A slot, and what stands in it: one text in all messages of its template, or by entry, or by message. */
interface MaskedSlot {
  readonly mask: ColumnMask;
  /** Whether `codes` of the mask are those of entries, not of the messages of the template. */
  readonly isByEntry: boolean;
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
  slots: readonly MaskedSlot[],
  masker: Masker,
  numbering: Numbering,
  fallback: CodeOfMessage,
): TemplateCode => {
  const masks: (string | undefined)[] = slots.map(({ mask }) =>
    mask.kind === "same" ? mask.mask : undefined,
  );
  const mixed = slots.flatMap(({ mask, isByEntry }, slot) =>
    mask.kind === "each" ? [{ slot, isByEntry, masks: mask.masks, codes: mask.codes }] : [],
  );
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

const codeTemplates = (
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
  const slotsOf = ({ slots }: Template, count: number): MaskedSlot[] =>
    slots.map((slot) =>
      slot.kind === "reference"
        ? { mask: referenceMask(slot.column), isByEntry: true }
        : { mask: maskStrings(slot, count), isByEntry: false },
    );
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

const codeStrings = (view: StringsView, { among, masker, numbering }: Coding): CodeAt => {
  const { codeOf } = numbering;
  if (view.kind === "constant") {
    const shape = masker.shapeOf(view.value);
    return (index) => (among.has(index) ? codeOf(shape) : -1);
  }
  if (view.kind === "dictionary") {
    const own: (number | undefined)[] = [];
    return (index) => {
      if (!among.has(index)) return -1;
      const value = view.codes[index]!;
      const code = own[value] ?? codeOf(masker.shapeOf(view.at(index)));
      own[value] = code;
      return code;
    };
  }
  return (index) => (among.has(index) ? codeOf(masker.shapeOf(view.at(index))) : -1);
};

/** With fewer entries to look at than one in so many, each is looked at on its own. */
const sparseShare = 32;

const codeMessages = (reader: ChunkReader, coding: Coding): CodeAt => {
  const { among, masker, numbering } = coding;
  const view = reader.messages();
  if (among.size * sparseShare < reader.meta.count)
    return (index) => (among.has(index) ? numbering.codeOf(masker.shapeOf(view.at(index))) : -1);
  return view.kind === "templates"
    ? codeTemplates(reader, view, coding)
    : codeStrings(view, coding);
};

/** What is counted of the entries of one shape while they are gone through. */
interface Count {
  readonly first: number;
  last: number;
  readonly severities: ChunkShape["severities"];
}

/**
 * Finds the shapes of some of a chunk's entries. Messages that are stored as templates are masked once for each
 * template, or each combination of kinds of values in its slots, and not once for each message. Throws CHUNK_CORRUPT.
 */
export const shapesOfChunk = (
  reader: ChunkReader,
  among: EntrySet,
  masker: Masker,
): readonly ChunkShape[] => {
  const numbering = createNumbering();
  const codeAt = codeMessages(reader, { among, masker, numbering });
  const severityCodes = reader.severityCodes();
  const counts: Count[] = [];
  for (let index = 0; index < severityCodes.length; index++) {
    const code = codeAt(index);
    if (code < 0) continue;
    // A shape gets its code when its first entry comes, so that codes are counted up.
    if (code === counts.length) counts.push({ first: index, last: index, severities: [0, 0, 0] });
    const count = counts[code]!;
    count.last = index;
    count.severities[severityCodes[index]!]!++;
  }
  const times = reader.times();
  const view = reader.messages();
  return counts.map(({ first, last, severities }, code) => ({
    shape: numbering.shapes[code]!,
    count: severities[0] + severities[1] + severities[2],
    severities,
    firstTime: times[first]!,
    lastTime: times[last]!,
    exampleId: () => reader.logId(last),
    exampleMessage: () => view.at(last),
  }));
};
