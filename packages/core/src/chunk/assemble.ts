import {
  type AttributeValue,
  type Severity,
  type StoredEntry,
  severities,
} from "../entry/entry.ts";
import type { Column, Content } from "./content.ts";
import { corrupt } from "./corrupt.ts";
import { fieldCodes } from "./layout.ts";
import type { Rows } from "./rows.ts";

/** The attributes of all entries of one shape: their columns and, shared by these entries, their names. */
interface ShapeAttributes {
  readonly columns: readonly number[];
  readonly names: readonly string[];
}

type ValueAt = (rank: number) => AttributeValue;

const valuesOf = (column: Column): ValueAt => {
  if (column.type === "string") return column.read().at;
  const values = column.read();
  return column.type === "number" ? (rank) => values[rank]! : (rank) => values[rank] === 1;
};

/** Puts entries together again, from the columns that they need. */
export const createAssembler = (
  content: Content,
  rows: Rows,
  minTime: number,
  logId: (index: number) => string,
): ((index: number) => StoredEntry) => {
  const accessors: (ValueAt | undefined)[] = [];
  const attributes: (ShapeAttributes | undefined)[] = [];
  const fieldColumns = new Map(content.columns.map((column, index) => [column.field, index]));

  const valueAt = (column: number, index: number): AttributeValue | undefined => {
    const rank = rows.ranks(column)[index]!;
    if (rank < 0) return undefined;
    const accessor = accessors[column] ?? valuesOf(content.columns[column]!);
    accessors[column] = accessor;
    return accessor(rank);
  };
  const fieldOf = (field: number, index: number): string | undefined => {
    const column = fieldColumns.get(field);
    // Columns of built-in fields hold strings.
    return column === undefined ? undefined : (valueAt(column, index) as string | undefined);
  };
  const attributesOf = (shape: number): ShapeAttributes => {
    const known = attributes[shape];
    if (known !== undefined) return known;
    const all = content.shapes[shape]?.columns;
    if (all === undefined) throw corrupt("an entry has an unknown shape");
    const columns = all.filter((column) => content.columns[column]!.field === fieldCodes.attribute);
    const made = { columns, names: columns.map((column) => content.columns[column]!.name) };
    attributes[shape] = made;
    return made;
  };

  return (index) => {
    const { columns, names } = attributesOf(content.shapeCodes()[index]!);
    const severity: Severity | undefined = severities[content.severityCodes()[index]!];
    if (severity === undefined) throw corrupt("an entry has an unknown severity");
    return {
      timestamp: minTime + content.times()[index]!,
      severity,
      message: content.messages().at(index),
      service: fieldOf(fieldCodes.service, index),
      level: fieldOf(fieldCodes.level, index),
      traceId: fieldOf(fieldCodes.traceId, index),
      spanId: fieldOf(fieldCodes.spanId, index),
      attributeNames: names,
      attributeValues: columns.map((column) => valueAt(column, index)!),
      logId: logId(index),
    };
  };
};
