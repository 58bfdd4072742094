import { comparePositions, type Position } from "../chunk/chunk.ts";
import type { ChunkReader } from "../chunk/decode.ts";
import type { Evaluator } from "../evaluate/evaluate.ts";
import type { Place } from "./cursor.ts";

export type Order = "newest" | "oldest";

/** Compares two places in the order of the answer; negative when `a` comes first. */
export const compareIn = (order: Order, a: Position, b: Position): number =>
  order === "newest" ? comparePositions(b, a) : comparePositions(a, b);

/** Whether an entry there is still to come, for someone who goes on from `place`. */
export const isToCome = (order: Order, place: Place | undefined, position: Position): boolean => {
  if (place === undefined) return true;
  const compared = compareIn(order, position, place);
  return place.isInclusive ? compared >= 0 : compared > 0;
};

/** An entry that was found, not decoded yet. */
export interface Found extends Position {
  readonly reader: ChunkReader;
  readonly index: number;
}

export interface Selection {
  readonly evaluator: Evaluator;
  /** Milliseconds since 1970: from inclusive, to exclusive. */
  readonly from: number;
  readonly to: number;
  readonly order: Order;
  readonly place: Place | undefined;
  readonly limit: number;
}

/** The first index whose time is not below `time`. */
const lowerBound = (times: Float64Array, time: number): number => {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The entries from the time `first` to the time `last`, both included. Times are read where the chunk goes beyond. */
export const indicesOf = (
  reader: ChunkReader,
  { first, last }: { readonly first: number; readonly last: number },
): { readonly start: number; readonly end: number } => {
  const { minTime, maxTime, count } = reader.meta;
  const start = minTime >= first ? 0 : lowerBound(reader.times(), first);
  const end = maxTime <= last ? count : lowerBound(reader.times(), last + 1);
  return { start, end };
};

/** Where in the chunk entries can be that are in the range, still to come, and not behind `worst`. */
const indicesIn = (
  reader: ChunkReader,
  { from, to, order, place }: Selection,
  worst: Position | undefined,
) => {
  const [newest, oldest] = order === "newest" ? [place, worst] : [worst, place];
  return indicesOf(reader, {
    first: Math.max(from, oldest?.time ?? from),
    last: Math.min(to - 1, newest?.time ?? to - 1),
  });
};

/**
 * The chunk's first `limit` matching entries that are still to come, in the order of the answer. What does not come
 * before `worst` may be left out.
 */
export const selectFrom = (
  reader: ChunkReader,
  selection: Selection,
  worst?: Position,
): Found[] => {
  const { evaluator, order, place, limit } = selection;
  const { start, end } = indicesIn(reader, selection, worst);
  const matching = evaluator.select(reader, start, end);
  if (matching.size === 0) return [];
  const times = reader.times();
  const found: Found[] = [];
  const step = order === "newest" ? -1 : 1;
  let index = order === "newest" ? end - 1 : start;
  for (; index >= start && index < end && found.length < limit; index += step) {
    if (!matching.has(index)) continue;
    const time = times[index] ?? 0;
    const id = reader.logId(index);
    if (isToCome(order, place, { time, id })) found.push({ time, id, reader, index });
  }
  return found;
};

/** Merges two runs in the order of the answer and keeps the first `limit`. */
export const mergeFound = (
  a: readonly Found[],
  b: readonly Found[],
  { order, limit }: Pick<Selection, "order" | "limit">,
): readonly Found[] => {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const merged: Found[] = [];
  let left = 0;
  let right = 0;
  while (merged.length < limit && (left < a.length || right < b.length)) {
    const nextA = a[left];
    const nextB = b[right];
    const takesA =
      nextA !== undefined && (nextB === undefined || compareIn(order, nextA, nextB) <= 0);
    const next = takesA ? nextA : nextB;
    if (next === undefined) break;
    merged.push(next);
    if (takesA) left++;
    else right++;
  }
  return merged;
};
