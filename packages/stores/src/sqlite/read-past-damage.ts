import { type ChunkRow, comparePlaces, type Place } from "./chunk-row.ts";
import { lowestId, type SliceRequest } from "./day-database.ts";
import { DamagedFileError } from "./errors.ts";

type ReadSlice = (request: SliceRequest) => ChunkRow[];
type Outcome = { readonly rows: ChunkRow[] } | { readonly cause: unknown };

interface Part {
  readonly rows: readonly ChunkRow[];
  /** Whether nothing lies behind the rows. */
  readonly isEnd: boolean;
}

const attempt = (read: ReadSlice, request: SliceRequest): Outcome => {
  try {
    return { rows: read(request) };
  } catch (cause) {
    return { cause };
  }
};

/** Whether the rows lie where they were asked for, each beyond the one before: a damaged tree may go in circles. */
const areInOrder = (rows: readonly ChunkRow[], { order, start }: SliceRequest): boolean => {
  const isNewest = order === "newest";
  let before = start;
  return rows.every((row, index) => {
    const place: Place = isNewest
      ? { time: row.max_time, id: row.max_id }
      : { time: row.min_time, id: row.min_id };
    const distance = comparePlaces(place, before) * (isNewest ? -1 : 1);
    before = place;
    return distance > 0 || (distance === 0 && index === 0 && !isNewest);
  });
};

/**
 * Looks for readable rows behind a damaged page: tries places at growing distances in time, then goes back towards the
 * damage by halves. At most some 60 look-ups, each of which fails at once or succeeds.
 */
const findBehind = (read: ReadSlice, request: SliceRequest): ChunkRow[] => {
  const { order, start, from, to } = request;
  const sign = order === "newest" ? -1 : 1;
  const readAt = (distance: number): ChunkRow[] | undefined => {
    const time = start.time + sign * distance;
    const outcome = attempt(read, { ...request, start: { time, id: lowestId } });
    return "rows" in outcome ? outcome.rows : undefined;
  };
  const distanceMax = order === "newest" ? start.time - from : to - start.time;
  let bad = 0;
  let good = 1;
  let rows = readAt(good);
  while (rows === undefined) {
    if (good > distanceMax) return [];
    bad = good;
    good *= 2;
    rows = readAt(good);
  }
  while (good - bad > 1) {
    const middle = Math.floor((good + bad) / 2);
    const there = readAt(middle);
    if (there === undefined) bad = middle;
    else {
      good = middle;
      rows = there;
    }
  }
  return rows;
};

/**
 * Reads the next rows of a part. Where a page is damaged, it reads up to the page and goes on behind it, so that a
 * damaged page costs the chunks it lists and no more.
 */
export const readPastDamage = (
  read: ReadSlice,
  request: SliceRequest,
  onDamage: (cause: unknown) => void,
): Part => {
  for (let limit = request.limit; limit >= 1; limit = Math.floor(limit / 2)) {
    const outcome = attempt(read, { ...request, limit });
    if ("cause" in outcome) onDamage(outcome.cause);
    else if (areInOrder(outcome.rows, request)) {
      return { rows: outcome.rows, isEnd: outcome.rows.length < limit };
    } else onDamage(new DamagedFileError("the index of the chunks is out of order"));
  }
  const rows = findBehind(read, { ...request, limit: 1 });
  const isUsable = areInOrder(rows, request);
  return { rows: isUsable ? rows : [], isEnd: rows.length === 0 || !isUsable };
};
