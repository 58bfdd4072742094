import type { Filter } from "@log-service/query";
import { comparePositions, type Position } from "../chunk/chunk.ts";
import type { ChunkReader } from "../chunk/decode.ts";
import type { Place } from "./cursor.ts";
import { indexTest } from "./evaluate.ts";

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
  readonly filter: Filter;
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

/**
 * The chunk's first `limit` matching entries that are still to come, in the order of the answer. What does not come
 * before `worst` is left out.
 */
export const selectFrom = (
  reader: ChunkReader,
  selection: Selection,
  worst?: Position,
): Found[] => {
  const { filter, from, to, order, place, limit } = selection;
  const times = reader.times();
  const start = lowerBound(times, from);
  const end = lowerBound(times, to);
  const matches = indexTest(filter, reader);
  const found: Found[] = [];
  const step = order === "newest" ? -1 : 1;
  let index = order === "newest" ? end - 1 : start;
  for (; index >= start && index < end && found.length < limit; index += step) {
    const time = times[index] ?? 0;
    // Most entries lie clearly beyond the place; ids are only built for those in its millisecond.
    if (place !== undefined && (time - place.time) * step < 0) continue;
    if (worst !== undefined && (time - worst.time) * step > 0) break;
    if (!matches(index)) continue;
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
