import type { ChunkReader, StringsView, Template, TemplatesView } from "../chunk/index.ts";
import type { EntrySet } from "../evaluate/entry-set.ts";
import { type ColumnMask, maskColumn, maskStrings } from "./mask-column.ts";
import type { Masker } from "./masker.ts";
import { isWordCharacter, maskWords } from "./words.ts";

/** The entries of one chunk that have the same shape. */
export interface ChunkShape {
  readonly shape: string;
  readonly count: number;
  /** In the order of `severities`. */
  readonly severities: [number, number, number];
  /** Milliseconds since 1970. */
  readonly firstTime: number;
  readonly lastTime: number;
  /** The last of them in total order. */
  readonly exampleId: string;
  /** Reads the message of the example, which costs more than all else here. */
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

const codeByMessage =
  (view: StringsView | TemplatesView, masker: Masker, { codeOf }: Numbering): CodeOfMessage =>
  (_, index) =>
    codeOf(masker.shapeOf(view.at(index)));

/** Masks the messages of one template: once when all its slots are masked alike, else once for each combination. */
const codeByTemplate = (
  { literals }: Template,
  slots: readonly MaskedSlot[],
  masker: Masker,
  numbering: Numbering,
  fallback: CodeOfMessage,
): CodeOfMessage => {
  const masks: (string | undefined)[] = slots.map(({ mask }) =>
    mask.kind === "same" ? mask.mask : undefined,
  );
  const mixed = slots.flatMap(({ mask, isByEntry }, slot) =>
    mask.kind === "each" ? [{ slot, isByEntry, masks: mask.masks, codes: mask.codes }] : [],
  );
  const combinations = mixed.reduce((product, slot) => product * slot.masks.length, 1);
  if (combinations > combinationsMax) return fallback;
  // Words with a digit that all messages of a template share are in its literals.
  const texts = literals.map((literal) => maskWords(literal, Number.POSITIVE_INFINITY));
  const codeOfMasks = (): number => {
    let masked = texts[0]!;
    for (let slot = 0; slot < masks.length; slot++) {
      const mask = masks[slot];
      if (mask === undefined) return -1;
      masked += mask + texts[slot + 1]!;
    }
    return numbering.codeOf(masker.shapeOfMasked(masked));
  };
  if (mixed.length === 0) {
    const code = codeOfMasks();
    return code < 0 ? fallback : () => code;
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
  masker: Masker,
  numbering: Numbering,
): ((index: number) => number) => {
  const { templates, codes } = view;
  const fallback = codeByMessage(view, masker, numbering);
  const referenceMask = createReferences(reader);
  const counts = new Uint32Array(templates.length + 1);
  for (let index = 0; index < codes.length; index++) counts[codes[index]!]!++;
  const slotsOf = ({ slots }: Template, count: number): MaskedSlot[] =>
    slots.map((slot) =>
      slot.kind === "reference"
        ? { mask: referenceMask(slot.column), isByEntry: true }
        : { mask: maskStrings(slot, count), isByEntry: false },
    );
  const coders = templates.map((template, index) =>
    hasWordBorders(template)
      ? codeByTemplate(template, slotsOf(template, counts[index + 1]!), masker, numbering, fallback)
      : fallback,
  );
  coders.unshift(fallback);
  const next = new Uint32Array(coders.length);
  return (index) => {
    const code = codes[index]!;
    return coders[code]!(next[code]!++, index);
  };
};

const codeStrings = (
  view: StringsView,
  masker: Masker,
  numbering: Numbering,
): ((index: number) => number) => {
  const { codeOf } = numbering;
  if (view.kind === "constant") {
    const code = codeOf(masker.shapeOf(view.value));
    return () => code;
  }
  if (view.kind === "dictionary") {
    const own = view.values.map((value) => codeOf(masker.shapeOf(value)));
    return (index) => own[view.codes[index]!]!;
  }
  return (index) => codeOf(masker.shapeOf(view.at(index)));
};

/** With fewer entries to look at than one in so many, each is looked at on its own. */
const sparseShare = 32;

const codeMessages = (
  reader: ChunkReader,
  among: EntrySet,
  masker: Masker,
  numbering: Numbering,
): ((index: number) => number) => {
  const view = reader.messages();
  const { codeOf } = numbering;
  if (among.size * sparseShare < reader.meta.count)
    return (index) => (among.has(index) ? codeOf(masker.shapeOf(view.at(index))) : 0);
  return view.kind === "templates"
    ? codeTemplates(reader, view, masker, numbering)
    : codeStrings(view, masker, numbering);
};

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
  const codeAt = codeMessages(reader, among, masker, numbering);
  const severityCodes = reader.severityCodes();
  const firsts: number[] = [];
  const lasts: number[] = [];
  const counts: number[] = [];
  for (let index = 0; index < severityCodes.length; index++) {
    // Asked of every entry, since it counts the messages of each template.
    const code = codeAt(index);
    if (!among.has(index)) continue;
    if (firsts[code] === undefined) {
      firsts[code] = index;
      counts[3 * code] = counts[3 * code + 1] = counts[3 * code + 2] = 0;
    }
    lasts[code] = index;
    counts[3 * code + severityCodes[index]!]!++;
  }
  const times = reader.times();
  const view = reader.messages();
  return numbering.shapes.flatMap((shape, code) => {
    const first = firsts[code];
    const last = lasts[code];
    if (first === undefined || last === undefined) return [];
    const [info = 0, warning = 0, error = 0] = counts.slice(3 * code, 3 * code + 3);
    return [
      {
        shape,
        count: info + warning + error,
        severities: [info, warning, error] satisfies ChunkShape["severities"],
        firstTime: times[first]!,
        lastTime: times[last]!,
        exampleId: reader.logId(last),
        exampleMessage: () => view.at(last),
      },
    ];
  });
};
