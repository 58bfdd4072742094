import type { Damage, Position, ScanRequest, StoredChunk } from "@log-service/core";
import { idToBytes } from "@log-service/core";
import { ceilToMinute, floorToMinute, timeMax } from "../chunk-rules.ts";
import { parsePosition } from "../scan-position.ts";
import { type ChunkRow, comparePlaces, fromRow, justAbove, type Place } from "./chunk-row.ts";
import { type Day, type DayFile, dayOf, describeDayFile, startOfDay } from "./day.ts";
import { type FoundChunk, lowestId, type SliceRequest } from "./day-database.ts";
import type { DayFiles } from "./day-files.ts";
import { isBusy } from "./errors.ts";
import { readPastDamage } from "./read-past-damage.ts";
import type { RunningScans } from "./running-scans.ts";
import { readStraddling } from "./straddling.ts";

/** A reader that wants 100 entries is often done with the first slice; one that reads all wants few slices. */
const sliceChunks = { first: 4, factor: 4, most: 256 } as const;

interface ScanDeps {
  readonly files: DayFiles;
  readonly scans: RunningScans;
  readonly clock: () => number;
  readonly toStored: (file: DayFile, chunk: FoundChunk, order: ScanRequest["order"]) => StoredChunk;
  /** Lets other work of the process run, now and then. */
  readonly pause: () => Promise<void>;
  readonly begin: () => void;
}

interface Row {
  readonly file: DayFile;
  readonly row: ChunkRow;
}

const placeOf = (row: ChunkRow, order: ScanRequest["order"]): Place =>
  order === "newest"
    ? { time: row.max_time, id: row.max_id }
    : { time: row.min_time, id: row.min_id };

/** The range in whole milliseconds that ids can hold. */
const toRange = ({ from, to }: ScanRequest) => ({
  from: Math.max(0, Math.ceil(from)),
  to: Math.min(timeMax + 1, Math.ceil(to)),
});

/** Where a scan begins: "newest" reads below it, "oldest" at or above it; and where an earlier scan was. */
const startOf = (request: ScanRequest, range: { from: number; to: number }) => {
  const { order, startAt } = request;
  const first =
    order === "newest"
      ? { time: ceilToMinute(range.to), id: lowestId }
      : { time: floorToMinute(range.from), id: lowestId };
  if (startAt === undefined) return { start: first, resumedAt: undefined };
  const { time, id }: Position = parsePosition(order, startAt);
  const bytes = idToBytes(id);
  const resumedAt = { time, id: bytes };
  const resumed = order === "newest" ? { time, id: justAbove(bytes) } : resumedAt;
  const isBeyond = comparePlaces(resumed, first) * (order === "newest" ? -1 : 1) > 0;
  return { start: isBeyond ? resumed : first, resumedAt };
};

/** The start inside the day, or at the day's border where the scan enters it. */
const clampToDay = (start: Place, day: Day, order: ScanRequest["order"]): Place => {
  const isNewest = order === "newest";
  const border = { time: startOfDay(isNewest ? day + 1 : day), id: lowestId };
  return comparePlaces(start, border) * (isNewest ? 1 : -1) > 0 ? border : start;
};

/** The next rows of a day over all its files, in order, and whether there may be more. */
const readDay = (deps: ScanDeps, day: Day, request: SliceRequest, onDamage: OnDamage) => {
  const sign = request.order === "newest" ? -1 : 1;
  const compare = (a: Row, b: Row) =>
    sign * comparePlaces(placeOf(a.row, request.order), placeOf(b.row, request.order));
  const parts = deps.files.filesOf(day).map((file) => {
    const { rows, isEnd } = readPastDamage(
      (slice, path) => deps.files.read(file, (database) => database.slice(slice, path)),
      request,
      (cause) => onDamage(file, cause),
    );
    return { rows: rows.map((row): Row => ({ file, row })), isEnd };
  });
  // A chunk that could not be found in a damaged file when it was sent again is in two files.
  const rows = parts
    .flatMap((part) => part.rows)
    .sort(compare)
    .filter((row, index, sorted) => index === 0 || compare(row, sorted[index - 1]!) !== 0);
  // Behind the last row of a part that goes on, a row of that part may be missing.
  const frontiers = parts.filter((part) => !part.isEnd).flatMap((part) => part.rows.slice(-1));
  const [frontier] = frontiers.sort(compare);
  return {
    rows: frontier === undefined ? rows : rows.filter((row) => compare(row, frontier) <= 0),
    isEnd: parts.every((part) => part.isEnd),
  };
};

type OnDamage = (file: DayFile, cause: unknown) => void;

/** Reports each file once in a scan. */
const createOnDamage = (files: DayFiles, onDamage: (damage: Damage) => void): OnDamage => {
  const reported = new Set<string>();
  return (file, cause) => {
    if (isBusy(cause)) throw cause;
    files.reportDamage(file, cause);
    if (reported.has(file.name)) return;
    reported.add(file.name);
    onDamage({ part: describeDayFile(file), cause });
  };
};

/** Yields the chunks of a tenant. No statement is open while the reader works or when it goes away. */
export async function* scanDays(deps: ScanDeps, request: ScanRequest) {
  const { tenant, order } = request;
  const range = toRange(request);
  const { start: first, resumedAt } = startOf(request, range);
  let start = first;
  const days = deps.files
    .days()
    .filter((day) => day >= dayOf(range.from) && day <= dayOf(range.to - 1))
    .filter((day) => (order === "newest" ? day <= dayOf(start.time) : day >= dayOf(start.time)));
  if (order === "newest") days.reverse();
  const onDamage = createOnDamage(deps.files, request.onDamage);
  const { isReplaceable } = deps.files.maintenance;
  const toChunks = ({ file, row }: Row): StoredChunk[] => {
    if (request.isReplaceable === true && !isReplaceable(file, row.arrival)) return [];
    try {
      const found = { meta: fromRow(tenant, row), arrival: row.arrival };
      return [deps.toStored(file, found, order)];
    } catch (cause) {
      onDamage(file, cause);
      return [];
    }
  };
  const running = { tenant, order, ...range, since: deps.clock(), place: start };
  using _ = deps.scans.begin(running);
  const straddling = readStraddling(
    deps.files,
    { ...range, tenant, order, start, resumedAt },
    onDamage,
  );
  if (straddling.length > 0) yield straddling.flatMap(toChunks);
  let limit: number = sliceChunks.first;
  for (const day of days) {
    start = clampToDay(start, day, order);
    for (let isEnd = false; !isEnd; ) {
      deps.begin();
      const slice = readDay(deps, day, { ...range, tenant, order, start, limit }, onDamage);
      isEnd = slice.isEnd;
      const last = slice.rows.at(-1);
      if (last !== undefined) {
        const place = placeOf(last.row, order);
        start = order === "newest" ? place : { time: place.time, id: justAbove(place.id) };
        running.place = start;
        limit = Math.min(limit * sliceChunks.factor, sliceChunks.most);
        yield slice.rows.flatMap(toChunks);
      }
      await deps.pause();
    }
  }
}

/** The place of a chunk in the order of a scan. */
export const boundOf = ({ meta }: FoundChunk, order: ScanRequest["order"]): Position =>
  order === "newest"
    ? { time: meta.maxTime, id: meta.maxId }
    : { time: meta.minTime, id: meta.minId };
