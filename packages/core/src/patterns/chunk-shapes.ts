import type { ChunkReader, StringsView } from "../chunk/index.ts";
import type { EntrySet } from "../evaluate/entry-set.ts";
import { codeTemplates } from "./code-templates.ts";
import type { Masker } from "./masker.ts";
import { type CodeAt, type Coding, createNumbering } from "./numbering.ts";

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
