import type { Filter } from "@log-service/query";
import type { ChunkMeta } from "../../chunk/chunk.ts";
import type { ChunkFilter } from "../../chunk-filter/index.ts";
import type { ChunkData } from "../chunk-data.ts";
import type { EntrySet } from "../entry-set.ts";

/** What a chunk's metadata says of its entries: that all match, that none does, or neither. */
export type Verdict = "all" | "none" | "some";

/** A filter, made ready to be asked of many chunks. */
export interface Operator {
  verdict(meta: ChunkMeta): Verdict;
  /** Whether a chunk's filter tells that none of its entries matches; undefined where no filter can. */
  readonly isRuledOut?: ((filter: ChunkFilter) => boolean) | undefined;
  /** Rises with the work that a chunk is; an `and` asks in this order. */
  cost(chunk: ChunkData): number;
  /** Returns those of the entries that match. It must not change `among`, and may return it. */
  select(chunk: ChunkData, among: EntrySet): EntrySet;
}

/** What operators that hold filters are given to make those ready. */
export type Prepare = (filter: Filter) => Operator;

/** The steps of `cost`. */
export const costs = {
  /** The metadata, or the names of the columns, suffice. */
  nothing: 0,
  /** Unpacks numbers, and decompresses nothing. */
  numbers: 1,
  /** Looks at a column of strings. */
  strings: 2,
  /** Searches the messages. */
  messages: 3,
  /** Makes strings of the messages. */
  messageStrings: 4,
} as const;
