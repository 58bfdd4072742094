import type { Entry } from "../entry.ts";

/** An entry with what every entry has, and what is given. */
export const plainEntry = (fields: Partial<Entry> = {}): Entry => ({
  timestamp: 1,
  severity: "info",
  message: "m",
  service: undefined,
  level: undefined,
  traceId: undefined,
  spanId: undefined,
  attributeNames: [],
  attributeValues: [],
  ...fields,
});
