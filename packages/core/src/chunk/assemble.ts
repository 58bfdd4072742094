import { type Severity, type StoredEntry, severities } from "../entry/entry.ts";
import type { Content } from "./content.ts";
import { corrupt } from "./corrupt.ts";
import { fieldCodes } from "./layout.ts";

/** The attributes of all entries of one shape: their columns and, shared by these entries, their names. */
interface ShapeAttributes {
  readonly columns: readonly number[];
  readonly names: readonly string[];
}

/** Puts entries together again, from the columns that they need. */
export const createAssembler = (
  content: Content,
  minTime: number,
  logId: (index: number) => string,
): ((index: number) => StoredEntry) => {
  const { rows } = content;
  const attributes: (ShapeAttributes | undefined)[] = [];
  const fieldColumns = new Map(content.columns.map((column, index) => [column.field, index]));

  const fieldOf = (field: number, index: number): string | undefined => {
    const column = fieldColumns.get(field);
    // Columns of built-in fields hold strings.
    return column === undefined ? undefined : (rows.valueAt(column, index) as string | undefined);
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
      attributeValues: columns.map((column) => rows.valueAt(column, index)!),
      logId: logId(index),
    };
  };
};
