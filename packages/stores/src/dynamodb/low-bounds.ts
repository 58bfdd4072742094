import { comparePositions, type Position } from "@log-service/core";
import { floorToMinute } from "../chunk-rules.ts";
import type { FoundChunk } from "./items.ts";

export interface BoundedChunk {
  readonly found: FoundChunk;
  /** No entry of this chunk, nor of one behind it, lies below. */
  readonly bound: Position;
}

/** A minute with more chunks is not held in memory until its end is known. */
const heldMax = 4096;

const lowestId = "00000000-0000-0000-0000-000000000000";

const minuteOf = ({ meta }: FoundChunk): number => floorToMinute(meta.maxTime);

/** The chunks of minutes that are known whole: each is bound by the lowest of those behind it in its minute. */
const boundWhole = (chunks: readonly FoundChunk[]): BoundedChunk[] => {
  const bounded: BoundedChunk[] = [];
  let lowest: Position | undefined;
  let minute = Number.NaN;
  for (const found of chunks.toReversed()) {
    const own = { time: found.meta.minTime, id: found.meta.minId };
    const isSameMinute = minuteOf(found) === minute;
    lowest = isSameMinute && lowest && comparePositions(lowest, own) < 0 ? lowest : own;
    minute = minuteOf(found);
    bounded.push({ found, bound: lowest });
  }
  return bounded.reverse();
};

/** Of a minute that goes on nothing is known but where it began. */
const boundByMinute = (chunks: readonly FoundChunk[]): BoundedChunk[] =>
  chunks.map((found) => ({ found, bound: { time: minuteOf(found), id: lowestId } }));

/**
 * Says for each chunk, in ascending order of max times, below which place nothing comes any more. A chunk's entries lie
 * within a minute: so the rest of the minute must be known, and no more.
 */
export async function* withLowBounds(
  slices: AsyncIterable<readonly FoundChunk[]>,
): AsyncGenerator<readonly BoundedChunk[]> {
  let held: FoundChunk[] = [];
  /** A minute of which some chunks were yielded before its end was known. */
  let begun = Number.NaN;
  const bound = (chunks: readonly FoundChunk[]): BoundedChunk[] => [
    ...boundByMinute(chunks.filter((found) => minuteOf(found) === begun)),
    ...boundWhole(chunks.filter((found) => minuteOf(found) !== begun)),
  ];
  for await (const slice of slices) {
    held.push(...slice);
    const last = held.at(-1);
    if (last === undefined) continue;
    const isWhole = (found: FoundChunk) => minuteOf(found) < minuteOf(last);
    const whole = bound(held.filter(isWhole));
    held = held.filter((found) => !isWhole(found));
    if (whole.length > 0) yield whole;
    if (held.length > heldMax) {
      begun = minuteOf(last);
      yield boundByMinute(held);
      held = [];
    }
  }
  if (held.length > 0) yield bound(held);
}
