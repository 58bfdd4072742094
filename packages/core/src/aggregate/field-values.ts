import { type FieldPlace, numberOf } from "@log-service/query";
import type { Column } from "../chunk/column.ts";
import { type AttributeValue, severities } from "../entry/entry.ts";
import type { ChunkData } from "../evaluate/chunk-data.ts";
import type { EntrySet } from "../evaluate/entry-set.ts";

/** The value of each entry of a chunk in one field, by its number among the chunk's different values. */
export interface Labels {
  readonly values: readonly (AttributeValue | null)[];
  /** Of each entry the index in `values`; 0 stands for null, where it has no value. */
  readonly codes: Uint32Array;
}

const valuesOfColumn = (column: Column): ((rank: number) => AttributeValue) => {
  if (column.type === "string") return column.read().at;
  const values = column.read();
  if (column.type === "number") return (rank) => values[rank]!;
  return (rank) => values[rank] === 1;
};

/** How one value is told from others: 5 and "5" are two. */
export const keyOf = (value: AttributeValue | null): string =>
  typeof value === "string" ? `s${value}` : String(value);

const createNumbering = () => {
  const values: (AttributeValue | null)[] = [null];
  const known = new Map<string, number>();
  const codeOf = (value: AttributeValue): number => {
    const key = keyOf(value);
    const found = known.get(key);
    if (found !== undefined) return found;
    const code = values.length;
    known.set(key, code);
    values.push(value);
    return code;
  };
  return { values, codeOf };
};

/** The values of a built-in field that every entry has; undefined for any other field. */
const everywhere = (
  chunk: ChunkData,
  { kind, name }: FieldPlace,
): ((index: number) => AttributeValue) | undefined => {
  if (kind === "attribute") return undefined;
  if (name === "severity") {
    const codes = chunk.severityCodes();
    return (index) => severities[codes[index]!]!;
  }
  if (name === "message") return chunk.messages().at;
  if (name === "timestamp") {
    const times = chunk.times();
    return (index) => times[index]!;
  }
  return name === "logId" ? (index) => chunk.reader.logId(index) : undefined;
};

/** Reads a field of every entry. A dictionary is read by its codes, without a string for each entry. */
export const labelsOf = (chunk: ChunkData, place: FieldPlace): Labels => {
  const { values, codeOf } = createNumbering();
  const codes = new Uint32Array(chunk.count);
  const valueAt = everywhere(chunk, place);
  if (valueAt !== undefined) {
    for (let index = 0; index < codes.length; index++) codes[index] = codeOf(valueAt(index));
  }
  for (const column of chunk.columnsOf(place)) labelColumn(chunk, column, codes, codeOf);
  return { values, codes };
};

const labelColumn = (
  chunk: ChunkData,
  column: Column,
  codes: Uint32Array,
  codeOf: (value: AttributeValue) => number,
): void => {
  const view = column.type === "string" ? column.read() : undefined;
  if (view?.kind === "dictionary") {
    const own = Uint32Array.from(view.values, codeOf);
    const stored = view.codes;
    if (column.count === codes.length) {
      for (let entry = 0; entry < codes.length; entry++) codes[entry] = own[stored[entry]!]!;
      return;
    }
    const rows = chunk.rows(column);
    for (let rank = 0; rank < rows.length; rank++) codes[rows[rank]!] = own[stored[rank]!]!;
    return;
  }
  const rows = chunk.rows(column);
  const valueAt = valuesOfColumn(column);
  for (let rank = 0; rank < rows.length; rank++) codes[rows[rank]!] = codeOf(valueAt(rank));
};

/** Calls `visit` with each value that some entries of a chunk have in a field, and with how many of them have it. */
export const visitValues = (
  chunk: ChunkData,
  place: FieldPlace,
  among: EntrySet,
  visit: (value: AttributeValue, count: number) => void,
): void => {
  const { values, codes } = labelsOf(chunk, place);
  const counts = new Uint32Array(values.length);
  for (let index = 0; index < codes.length; index++) if (among.has(index)) counts[codes[index]!]!++;
  for (const [code, value] of values.entries())
    if (value !== null && counts[code]! > 0) visit(value, counts[code]!);
};

/** The numbers that some entries have in a field. */
export interface Numbers {
  /** The entries, ascending. */
  readonly rows: Uint32Array;
  /** Of each of them its number; NaN where its text is none. */
  readonly values: Float64Array;
}

/** Reads a field as numbers, as comparisons of a query do: one part for each type. */
export const numbersOf = (chunk: ChunkData, place: FieldPlace): Numbers[] =>
  chunk.columnsOf(place).flatMap((column) => {
    if (column.type === "boolean") return [];
    const rows = chunk.rows(column);
    if (column.type === "number") return [{ rows, values: column.read() }];
    const { at } = column.read();
    const values = Float64Array.from(rows, (_, rank) => numberOf(at(rank)) ?? Number.NaN);
    return [{ rows, values }];
  });
