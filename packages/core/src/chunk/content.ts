import type { Buffer } from "node:buffer";
import { ByteReader } from "./byte-reader.ts";
import type { ChunkSource } from "./chunk-source.ts";
import type { Column } from "./column.ts";
import { openIntegers } from "./columns/integers.ts";
import { openNumbers } from "./columns/numbers.ts";
import { skipIntegers, skipNumbers, skipStrings } from "./columns/skip.ts";
import { openStrings, type StringsView } from "./columns/strings.ts";
import { openMessages, type TemplatesView } from "./columns/templates-view.ts";
import { corrupt, guarded } from "./corrupt.ts";
import type { Header } from "./header.ts";
import { fieldCodes, streams, type ValueType, valueTypes } from "./layout.ts";
import { createNumberSpace, type NumberSpace } from "./number-space.ts";
import { once } from "./once.ts";
import { createRows, type Rows, type ShapeOfEntries } from "./rows.ts";
import type { SectionReader } from "./sections.ts";
import { type ChunkIds, openSequences } from "./sequences.ts";
import { readString } from "./wtf8.ts";

/** What the directory of a chunk says. */
export interface Content {
  /** Undefined when the ids are the chunk's id and those behind it. */
  readonly ids: ChunkIds | undefined;
  readonly columns: readonly Column[];
  readonly shapes: readonly ShapeOfEntries[];
  shapeCodes(): Float64Array;
  /** Milliseconds since the chunk's first time. */
  times(): Float64Array;
  severityCodes(): Float64Array;
  messages(): StringsView | TemplatesView;
  readonly rows: Rows;
}

interface ColumnName {
  readonly field: number;
  readonly name: string;
  readonly type: ValueType;
}

const readNames = (directory: ByteReader): ColumnName[] => {
  const names: ColumnName[] = [];
  for (let left = directory.varint(); left > 0; left--) {
    const code = directory.byte();
    const field = Math.floor(code / valueTypes.length);
    const name = field === fieldCodes.attribute ? readString(directory) : "";
    names.push({ field, name, type: valueTypes[code % valueTypes.length]! });
  }
  return names;
};

const readShapes = (directory: ByteReader, columnCount: number): ShapeOfEntries[] => {
  const shapes: ShapeOfEntries[] = [];
  for (let left = directory.varint(); left > 0; left--) {
    const count = directory.varint();
    const columns: number[] = [];
    let next = 0;
    for (let more = directory.varint(); more > 0; more--) {
      const column = next + directory.varint();
      if (column >= columnCount) throw corrupt("an entry has a column that is not there");
      columns.push(column);
      next = column + 1;
    }
    shapes.push({ columns, count });
  }
  return shapes;
};

const guardedLater =
  <T>(read: () => T): (() => T) =>
  () =>
    guarded(read);

/** Where columns of one chunk are read from, in the order in which they were written. */
class ColumnSource implements ChunkSource {
  readonly directory: ByteReader;
  readonly numbers: NumberSpace;
  readonly #sections: SectionReader;
  #packed = 0;
  #strings = 0;
  #messages = 0;

  constructor(sections: SectionReader, directory: ByteReader, numbers: NumberSpace) {
    this.#sections = sections;
    this.directory = directory;
    this.numbers = numbers;
  }

  /** A source that goes on from here; with another directory where there is one. */
  fork(directory = new ByteReader(this.directory.buffer, this.directory.position)): ColumnSource {
    const source = new ColumnSource(this.#sections, directory, this.numbers);
    source.#packed = this.#packed;
    source.#strings = this.#strings;
    source.#messages = this.#messages;
    return source;
  }

  claim(stream: number, bytes: number): number {
    let start: number;
    if (stream === streams.packed) {
      start = this.#packed;
      this.#packed += bytes;
    } else if (stream === streams.strings) {
      start = this.#strings;
      this.#strings += bytes;
    } else {
      start = this.#messages;
      this.#messages += bytes;
    }
    if (start + bytes > this.#sections.sizes[stream]!)
      throw corrupt("a column lies behind the end");
    return start;
  }

  stream(stream: number): Buffer {
    return this.#sections.stream(stream);
  }
}

/** Passes over a column, and returns what reads it. */
const openColumn = (
  { field, name, type }: ColumnName,
  count: number,
  source: ColumnSource,
): Column => {
  const own = source.fork();
  if (type === "string") {
    skipStrings(source, count);
    const read = once(guardedLater(() => openStrings(own, count, "strings")()));
    return { field, name, count, type, read };
  }
  if (type === "number") skipNumbers(source, count);
  else skipIntegers(source, count);
  const open = type === "number" ? openNumbers : openIntegers;
  return { field, name, count, type, read: once(guardedLater(() => open(own, count)())) };
};

const columnsPerSlab = 2;

/** Reads the directory. Columns are only located, none is decoded. */
export const openContent = (
  header: Header,
  sections: SectionReader,
  numbers?: NumberSpace,
): Content => {
  const { count } = header.meta;
  const directory = new ByteReader(sections.stream(streams.directory));
  const source = new ColumnSource(
    sections,
    directory,
    numbers ?? createNumberSpace(count * columnsPerSlab),
  );
  const ids = header.hasSequences ? openSequences(source, count) : undefined;
  const names = readNames(directory);
  const shapes = readShapes(directory, names.length);
  const counts = new Float64Array(names.length);
  for (const shape of shapes) for (const column of shape.columns) counts[column]! += shape.count;
  const shapeCodes = once(openIntegers(source, count));
  const times = once(openIntegers(source, count));
  const severityCodes = once(openIntegers(source, count));
  const columns = names.map((name, index) => openColumn(name, counts[index]!, source));
  const rows = createRows(columns, shapes, shapeCodes);
  const textOf = (column: number, index: number): string => {
    const value = rows.valueAt(column, index);
    if (value === undefined) throw corrupt("a message refers to a value that is not there");
    return `${value}`;
  };
  // Their parts in `packed` and `strings` lie behind those of all columns, which are located by now.
  const openAll = (): StringsView | TemplatesView => {
    const own = source.fork(new ByteReader(sections.stream(streams.templates)));
    return openMessages(own, count, textOf)();
  };
  const messages = once(guardedLater(openAll));
  return { ids, columns, shapes, shapeCodes, times, severityCodes, messages, rows };
};
