import type { AttributeValue, Entry } from "../../entry/entry.ts";
import type { Gathered } from "../gather.ts";
import { fieldCodes } from "../layout.ts";

/** A column whose value, as text, stands in a message too. */
export interface Reference {
  readonly column: number;
  /** The value of an entry, when it has one of the column's type. */
  valueOf(entry: Entry): AttributeValue | undefined;
}

const attributeReference = (
  column: number,
  name: string,
  type: "string" | "number",
  place: number,
): Reference => ({
  column,
  valueOf: ({ attributeNames, attributeValues }) => {
    // Entries of one kind have the attribute at the same place.
    const index = attributeNames[place] === name ? place : attributeNames.indexOf(name);
    const value = attributeValues[index];
    return typeof value === type ? value : undefined;
  },
});

const fields = ["service", "level", "traceId", "spanId"] as const;

/** Finds the columns that have `text` as the value of an entry. */
export const findReferences = (text: string, entry: Entry, gathered: Gathered): Reference[] => {
  const found: Reference[] = [];
  for (const field of fields) {
    if (entry[field] !== text) continue;
    const column = gathered.columnOf(fieldCodes[field], "", "string");
    if (column !== undefined) found.push({ column, valueOf: (other) => other[field] });
  }
  const { attributeNames, attributeValues } = entry;
  for (let place = 0; place < attributeValues.length; place++) {
    const value = attributeValues[place]!;
    const type = typeof value;
    if ((type !== "string" && type !== "number") || `${value}` !== text) continue;
    const name = attributeNames[place]!;
    const column = gathered.columnOf(fieldCodes.attribute, name, type);
    if (column !== undefined) found.push(attributeReference(column, name, type, place));
  }
  return found;
};
