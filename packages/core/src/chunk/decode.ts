import type { StoredEntry } from "../entry/entry.ts";
import { indexOfLogId, logIdAt } from "../entry/log-id.ts";
import { createAssembler } from "./assemble.ts";
import type { ChunkMeta } from "./chunk.ts";
import type { Column } from "./column.ts";
import type { StringsView } from "./columns/strings.ts";
import type { TemplatesView } from "./columns/templates-view.ts";
import { type Content, openContent } from "./content.ts";
import { guarded } from "./corrupt.ts";
import { readHeader } from "./header.ts";
import { fieldCodes } from "./layout.ts";
import type { NumberSpace } from "./number-space.ts";
import { once } from "./once.ts";
import { readSections } from "./sections.ts";

/** The built-in fields that an entry may lack. */
export type OptionalField = "service" | "level" | "traceId" | "spanId";

/** A chunk that is open for reading. Entries are numbered 0..count-1 in total order. */
export interface ChunkReader {
  readonly meta: ChunkMeta;
  /** How many bytes have been decompressed so far. */
  readonly bytesDecompressed: number;
  logId(index: number): string;
  /** Where the entry with this id is; -1 when it is not in the chunk. */
  indexOf(logId: string): number;
  /** The time of each entry, in milliseconds since 1970, ascending. */
  times(): Float64Array;
  /** The severity of each entry, as its index in `severities`. */
  severityCodes(): Uint8Array;
  /** The messages as they are stored. */
  messages(): StringsView | TemplatesView;
  /** The string of each entry in a built-in field (`service`, `level`, ...); undefined where there is none. */
  strings(field: OptionalField): readonly (string | undefined)[];
  /** The columns of fields that not all entries need to have: the optional built-in ones, and all attributes. */
  columns(): readonly Column[];
  /** The entries that have a value in a column, ascending: value i belongs to entry `rows(column)[i]`. */
  rows(column: Column): Uint32Array;
  entries(indices: readonly number[]): StoredEntry[];
}

const stringsOf = (content: Content, field: OptionalField, count: number) => {
  const strings: (string | undefined)[] = new Array(count).fill(undefined);
  const index = content.columns.findIndex((column) => column.field === fieldCodes[field]);
  const column = content.columns[index];
  if (column?.type !== "string") return strings;
  const view = column.read();
  for (const [rank, row] of content.rows.rows(index).entries()) strings[row] = view.at(rank);
  return strings;
};

/**
 * Opens a chunk. Throws CHUNK_CORRUPT when any bit of what it reads is damaged, here or in a method of the reader;
 * what is not asked for is neither decompressed nor checked. Columns are decoded to `numbers` where it is given.
 */
export const openChunk = (bytes: Uint8Array, numbers?: NumberSpace): ChunkReader => {
  const header = guarded(() => readHeader(bytes));
  const { meta } = header;
  const { count, minTime } = meta;
  const sections = readSections(bytes, header);
  const content = once(() => guarded(() => openContent(header, sections, numbers)));
  const ids = () => (header.hasSequences ? content().ids : undefined);
  const logId = (index: number): string => {
    if (!(index >= 0 && index < count)) throw new RangeError(`a chunk has no entry ${index}`);
    return guarded(() => ids()?.at(index)) ?? logIdAt(meta.id, index);
  };
  // Made once: a chunk that stays open is asked for them with every page.
  const times = once(() => {
    const absolute = Float64Array.from(content().times());
    for (let index = 0; index < count; index++) absolute[index]! += minTime;
    return absolute;
  });
  const severityCodes = once(() => Uint8Array.from(content().severityCodes()));
  const assembler = once(() => createAssembler(content(), minTime, logId));
  return {
    meta,
    get bytesDecompressed() {
      return sections.bytesDecompressed();
    },
    logId,
    indexOf: (id) => {
      const listed = guarded(() => ids()?.indexOf(id));
      if (listed !== undefined) return listed;
      const index = indexOfLogId(meta.id, id);
      return index < count ? index : -1;
    },
    times: () => guarded(times),
    severityCodes: () => guarded(severityCodes),
    messages: () => guarded(() => content().messages()),
    strings: (field) => guarded(() => stringsOf(content(), field, count)),
    columns: () => guarded(() => content().columns),
    rows: (column) => guarded(() => content().rows.rows(content().columns.indexOf(column))),
    entries: (indices) => {
      for (const index of indices) logId(index);
      return guarded(() => indices.map((index) => assembler()(index)));
    },
  };
};

/** Reads only the metadata in front of a chunk. Throws CHUNK_CORRUPT. */
export const readChunkMeta = (bytes: Uint8Array): ChunkMeta =>
  guarded(() => readHeader(bytes)).meta;
