import { openChunkFilter } from "../chunk-filter/index.ts";
import type { Evaluator } from "../evaluate/evaluate.ts";
import type { CallOptions, StoredChunk } from "../store.ts";

/** Whether a chunk need not be read: the filter beside it tells that nothing in it matches. */
export const isRuledOut = async (
  chunk: StoredChunk,
  evaluator: Pick<Evaluator, "isRuledOut">,
  options: CallOptions,
): Promise<boolean> => {
  if (evaluator.isRuledOut === undefined || chunk.filter === undefined) return false;
  const bytes = await chunk.filter(options);
  const filter = bytes && openChunkFilter(bytes);
  return filter !== undefined && evaluator.isRuledOut(filter);
};
