import { type ChunkRow, comparePlaces, type Place } from "./chunk-row.ts";
import { lowestId, type Path, type SliceRequest } from "./day-database.ts";
import { DamagedFileError } from "./errors.ts";

type ReadSlice = (request: SliceRequest, path: Path) => ChunkRow[];
type Outcome = { readonly rows: ChunkRow[] } | { readonly cause: unknown };

interface Part {
  readonly rows: readonly ChunkRow[];
  /** Whether nothing lies behind the rows. */
  readonly isEnd: boolean;
}

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

const attempt = (read: ReadSlice, request: SliceRequest, path: Path): Outcome => {
  try {
    const rows = read(request, path);
    if (areInOrder(rows, request)) return { rows };
    return { cause: new DamagedFileError("the index of the chunks is out of order") };
  } catch (cause) {
    return { cause };
  }
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
    const outcome = attempt(read, { ...request, start: { time, id: lowestId } }, "index");
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
 * Reads the next rows of a part. A damaged index is gone around by reading the table; where that is damaged too, the index
 * leads up to the damaged page and on behind it. So a damaged page costs the chunks that it lists and no more.
 */
export const readPastDamage = (
  read: ReadSlice,
  request: SliceRequest,
  onDamage: (cause: unknown) => void,
): Part => {
  const toPart = (rows: ChunkRow[], limit: number) => ({ rows, isEnd: rows.length < limit });
  const first = attempt(read, request, "index");
  if ("rows" in first) return toPart(first.rows, request.limit);
  onDamage(first.cause);
  const whole = attempt(read, request, "table");
  if ("rows" in whole) return toPart(whole.rows, request.limit);
  for (let limit = Math.floor(request.limit / 2); limit >= 1; limit = Math.floor(limit / 2)) {
    const part = attempt(read, { ...request, limit }, "index");
    if ("rows" in part) return toPart(part.rows, limit);
  }
  const behind = findBehind(read, { ...request, limit: 1 });
  return toPart(behind, 1);
};
