import { type Filter, placeOf } from "@log-service/query";
import type { ChunkMeta } from "../chunk/chunk.ts";
import { guarded } from "../chunk/corrupt.ts";
import type { ChunkReader } from "../chunk/decode.ts";
import { createChunkData } from "./chunk-data.ts";
import { EntrySet } from "./entry-set.ts";
import { prepareField } from "./fields.ts";
import { prepareAll } from "./operators/all.ts";
import { prepareAnd } from "./operators/and.ts";
import { prepareContains } from "./operators/contains.ts";
import { prepareExists } from "./operators/exists.ts";
import { prepareNot } from "./operators/not.ts";
import type { Operator, Verdict } from "./operators/operator.ts";
import { prepareOr } from "./operators/or.ts";
import { valueTestOf } from "./value-test.ts";

/** A filter that can be asked of chunks. What takes time is done once; it learns while it is asked. */
export interface Evaluator {
  readonly filter: Filter;
  /** What the metadata alone says of the chunk's entries. */
  verdict(meta: ChunkMeta): Verdict;
  /** Whether a chunk's filter tells that none of its entries matches; undefined where no filter can. */
  readonly isRuledOut: Operator["isRuledOut"];
  /**
   * Finds the entries from `start` to before `end` that match: exactly those whose decoded form does. Decompresses and
   * decodes what the filter needs, and no more. Throws CHUNK_CORRUPT.
   */
  select(reader: ChunkReader, start: number, end: number): EntrySet;
}

const prepare = (filter: Filter): Operator => {
  switch (filter.op) {
    case "all":
      return prepareAll();
    case "and":
      return prepareAnd(filter, prepare);
    case "or":
      return prepareOr(filter, prepare);
    case "not":
      return prepareNot(filter, prepare);
    case "contains":
      return prepareContains(filter);
    case "exists":
      return prepareExists(filter);
    default:
      return prepareField(placeOf(filter.field), valueTestOf(filter));
  }
};

export const createEvaluator = (filter: Filter): Evaluator => {
  const operator = prepare(filter);
  return {
    filter,
    verdict: (meta) => operator.verdict(meta),
    isRuledOut: operator.isRuledOut,
    select: (reader, start, end) => {
      const { count } = reader.meta;
      const range = EntrySet.range(count, start, end);
      if (range.size === 0) return range;
      return guarded(() => operator.select(createChunkData(reader), range));
    },
  };
};
