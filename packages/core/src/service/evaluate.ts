import { type Filter, matches } from "@log-service/query";
import type { ChunkMeta } from "../chunk/chunk.ts";
import type { ChunkReader } from "../chunk/decode.ts";
import { severities } from "../entry/entry.ts";

/** Says of an entry of one chunk, by its index, whether it matches. */
export type IndexTest = (index: number) => boolean;

/** The severity's code in a chunk; -1 for a word that is none. */
const severityCode = (value: string): number => (severities as readonly string[]).indexOf(value);

/** False when the metadata alone shows that no entry of the chunk matches. */
export const mayMatch = (filter: Filter, meta: ChunkMeta): boolean => {
  switch (filter.op) {
    case "and":
      return filter.filters.every((one) => mayMatch(one, meta));
    case "or":
      return filter.filters.some((one) => mayMatch(one, meta));
    case "equals":
      return (
        filter.field !== "severity" || (meta.severityCounts[severityCode(filter.value)] ?? 0) > 0
      );
    default:
      return true;
  }
};

/** The meaning of any filter, entry by entry: right, and slow. */
const entryTest =
  (filter: Filter, reader: ChunkReader): IndexTest =>
  (index) => {
    const [entry] = reader.entries([index]);
    return entry !== undefined && matches(filter, entry);
  };

/** The filter as a test of one chunk's entries; equal to its meaning on one entry. */
export const indexTest = (filter: Filter, reader: ChunkReader): IndexTest => {
  switch (filter.op) {
    case "all":
      return () => true;
    case "and": {
      const tests = filter.filters.map((one) => indexTest(one, reader));
      return (index) => tests.every((test) => test(index));
    }
    case "or": {
      const tests = filter.filters.map((one) => indexTest(one, reader));
      return (index) => tests.some((test) => test(index));
    }
    case "equals": {
      const { field, value } = filter;
      if (field === "severity") {
        const codes = reader.severityCodes();
        const code = severityCode(value);
        return (index) => codes[index] === code;
      }
      if (field !== "service") return entryTest(filter, reader);
      const strings = reader.strings(field);
      return (index) => strings[index] === value;
    }
    default:
      return entryTest(filter, reader);
  }
};
