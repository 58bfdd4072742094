import { builtInFields, type QueryableEntry, type QueryableValue } from "../entry.ts";
import type { ExampleEntry } from "../operators/operator.ts";

/** Makes an entry of one as a sender writes it: unknown fields are attributes. */
export const toEntry = (example: ExampleEntry): QueryableEntry => {
  const { timestamp, attributes, ...rest } = example;
  const fields: readonly string[] = builtInFields;
  const known = Object.entries(rest).filter(([name]) => fields.includes(name));
  const others = Object.entries(rest).filter(([name]) => !fields.includes(name));
  const all = [...others, ...Object.entries(attributes ?? {})];
  return {
    severity: "info",
    message: "-",
    timestamp: Date.parse(String(timestamp ?? "2026-11-22T09:00:00.000Z")),
    ...Object.fromEntries(known),
    attributeNames: all.map(([name]) => name),
    // Examples hold strings, numbers and booleans only.
    attributeValues: all.map(([, value]) => value as QueryableValue),
  };
};
