import type { FieldPlace } from "@log-service/query";
import type { Column } from "../chunk/column.ts";
import type { StringsView } from "../chunk/columns/strings.ts";
import type { TemplatesView } from "../chunk/columns/templates-view.ts";
import type { ChunkReader } from "../chunk/decode.ts";
import { fieldCodes } from "../chunk/layout.ts";
import { once } from "../chunk/once.ts";

/** A chunk as filters look at it: whatever one part of a filter has decoded, the next one finds again. */
export interface ChunkData {
  readonly reader: ChunkReader;
  readonly count: number;
  times(): Float64Array;
  severityCodes(): Uint8Array;
  messages(): StringsView | TemplatesView;
  columns(): readonly Column[];
  /** The columns of an attribute, or of a built-in field that an entry may lack: at most one of each type. */
  columnsOf(place: FieldPlace): readonly Column[];
  /** The entries that have a value in the column, ascending. */
  rows(column: Column): Uint32Array;
}

export const createChunkData = (reader: ChunkReader): ChunkData => {
  const rows = new Map<Column, Uint32Array>();
  return {
    reader,
    count: reader.meta.count,
    times: once(() => reader.times()),
    severityCodes: once(() => reader.severityCodes()),
    messages: once(() => reader.messages()),
    columns: () => reader.columns(),
    columnsOf: ({ kind, name }) => {
      const field = kind === "attribute" ? fieldCodes.attribute : fieldOf(name);
      const attribute = kind === "attribute" ? name : "";
      return reader
        .columns()
        .filter((column) => column.field === field && column.name === attribute);
    },
    rows: (column) => {
      const known = rows.get(column) ?? reader.rows(column);
      rows.set(column, known);
      return known;
    },
  };
};

/** Built-in fields that all entries have are in no such column. */
const fieldOf = (name: string): number | undefined => {
  const fields: Readonly<Record<string, number>> = fieldCodes;
  return fields[name];
};
