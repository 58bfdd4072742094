import type { Entry, Severity } from "../entry/entry.ts";
import { logIdAt } from "../entry/log-id.ts";
import { ByteWriter } from "./byte-writer.ts";
import type { Chunk, ChunkMeta, IdRun } from "./chunk.ts";
import { type ChunkWriter, createChunkWriter } from "./chunk-writer.ts";
import { encodeIntegers } from "./columns/integers.ts";
import { encodeNumbers } from "./columns/numbers.ts";
import { encodeStrings } from "./columns/strings.ts";
import { encodeMessages } from "./columns/templates.ts";
import { type Gathered, type GatheredColumn, gatherColumns } from "./gather.ts";
import { writeHeader } from "./header.ts";
import { fieldCodes, valueTypes } from "./layout.ts";
import { makeSections } from "./sections.ts";
import { writeSequences } from "./sequences.ts";
import { writeString } from "./wtf8.ts";

export interface EncodeOptions {
  /** The chunk's id: made with the time of the last entry. */
  readonly id: string;
  readonly digest?: string | undefined;
  /** The ids of the entries, where they are not `id` and those behind it. */
  readonly runs?: readonly IdRun[] | undefined;
}

/** Encodes chunks one after the other, and keeps the memory that it works in. */
export interface ChunkEncoder {
  /** Encodes 1 or more entries in total order as one chunk. */
  encode(entries: readonly Entry[], options: EncodeOptions): Chunk;
}

const totalOf = (runs: readonly IdRun[]): number => runs.reduce((sum, run) => sum + run.count, 0);

const metaOf = (
  entries: readonly Entry[],
  severityCodes: Float64Array,
  { id, digest, runs }: EncodeOptions,
): ChunkMeta => {
  const first = entries[0];
  const last = entries.at(-1);
  if (first === undefined || last === undefined) throw new RangeError("a chunk has an entry");
  const lastRun = runs?.at(-1);
  if (runs !== undefined && totalOf(runs) !== entries.length) {
    throw new RangeError("the runs are not those of the entries");
  }
  const severityCounts: [number, number, number] = [0, 0, 0];
  for (const code of severityCodes) severityCounts[code]!++;
  return {
    id,
    count: entries.length,
    minTime: first.timestamp,
    minId: runs?.[0]?.firstId ?? id,
    maxTime: last.timestamp,
    maxId: lastRun ? logIdAt(lastRun.firstId, lastRun.count - 1) : logIdAt(id, entries.length - 1),
    severityCounts,
    digest,
  };
};

const writeNames = (columns: readonly GatheredColumn[], out: ByteWriter): void => {
  out.varint(columns.length);
  for (const { field, name, type } of columns) {
    out.byte(field * valueTypes.length + valueTypes.indexOf(type));
    if (field === fieldCodes.attribute) writeString(name, out);
  }
};

const writeShapes = ({ shapes, shapeCodes }: Gathered, writer: ChunkWriter): void => {
  const { directory } = writer;
  directory.varint(shapes.length);
  for (const { columns, count } of shapes) {
    directory.varint(count);
    directory.varint(columns.length);
    let next = 0;
    for (const column of columns) {
      directory.varint(column - next);
      next = column + 1;
    }
  }
  encodeIntegers(shapeCodes, shapeCodes.length, writer);
};

const writeColumn = ({ type, values }: GatheredColumn, writer: ChunkWriter): void => {
  // The column's type says of what type its values are.
  if (type === "string") encodeStrings(values as string[], writer, "strings");
  else if (type === "number") encodeNumbers(values as number[], writer);
  else {
    const bits = writer.numbers(values.length);
    for (let i = 0; i < values.length; i++) bits[i] = values[i] === true ? 1 : 0;
    encodeIntegers(bits, values.length, writer);
  }
};

const writeColumns = (
  entries: readonly Entry[],
  severityCodes: Float64Array,
  meta: ChunkMeta,
  writer: ChunkWriter,
): void => {
  const gathered = gatherColumns(entries);
  writeNames(gathered.columns, writer.directory);
  writeShapes(gathered, writer);
  const times = writer.numbers(entries.length);
  for (let i = 0; i < entries.length; i++) times[i] = entries[i]!.timestamp - meta.minTime;
  encodeIntegers(times, entries.length, writer);
  encodeIntegers(severityCodes, entries.length, writer);
  for (const column of gathered.columns) writeColumn(column, writer);
  encodeMessages(entries, gathered, { ...writer, directory: writer.templates });
};

const severityCode = { info: 0, warning: 1, error: 2 } as const satisfies Record<Severity, number>;

export const createChunkEncoder = (): ChunkEncoder => {
  const writer = createChunkWriter();
  const header = new ByteWriter(256);
  return {
    encode: (entries, options) => {
      const severityCodes = new Float64Array(entries.length);
      for (let i = 0; i < entries.length; i++)
        severityCodes[i] = severityCode[entries[i]!.severity];
      const meta = metaOf(entries, severityCodes, options);
      header.clear();
      writer.clear();
      if (options.runs !== undefined) writeSequences(options.runs, entries.length, writer);
      writeColumns(entries, severityCodes, meta, writer);
      const sections = makeSections(writer, entries.length);
      writeHeader(meta, options.runs !== undefined, sections, header);
      const front = header.view();
      const total = sections.reduce((sum, section) => sum + section.storedBytes, front.length);
      const bytes = new Uint8Array(total);
      bytes.set(front);
      let position = front.length;
      for (const { content } of sections) {
        bytes.set(content, position);
        position += content.length;
      }
      return { meta, bytes };
    },
  };
};

/** Encodes 1..`chunkEntriesMax` entries of one UTC minute, sorted by time, as one chunk. */
export const encodeChunk = (entries: readonly Entry[], options: EncodeOptions): Chunk =>
  createChunkEncoder().encode(entries, options);
