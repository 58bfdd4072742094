import { mergedSpanMs, type ScanRequest } from "@log-service/core";
import { type ChunkRow, comparePlaces, type Place } from "./chunk-row.ts";
import { type DayFile, dayOf } from "./day.ts";
import type { Path, SliceRequest } from "./day-database.ts";
import type { DayFiles } from "./day-files.ts";

/**
 * Chunks of the ingest path end within a minute, so that a scan finds them from its place on. What took the place of others
 * may lie on both sides of it, an hour wide at most.
 */
export const straddlingSql = (
  order: ScanRequest["order"],
  path: Path,
  chunkColumns: string,
): string => {
  const table = path === "index" ? `chunks INDEXED BY merged_${order}` : "chunks NOT INDEXED";
  const time = order === "newest" ? "max_time" : "min_time";
  return `SELECT ${chunkColumns} FROM ${table}
    WHERE arrival < 0 AND tenant = ? AND ${time} BETWEEN ? AND ? AND min_time < ? AND max_time >= ?`;
};

/** The times between which the near ends of such chunks lie. */
export const straddlingTimes = ({ order, start }: Pick<SliceRequest, "order" | "start">) =>
  order === "newest"
    ? ([start.time, start.time + mergedSpanMs] as const)
    : ([start.time - mergedSpanMs, start.time] as const);

interface Row {
  readonly file: DayFile;
  readonly row: ChunkRow;
}

export interface StraddlingRequest extends Omit<SliceRequest, "limit"> {
  /** Where an earlier scan was: what lies wholly before it has been read. */
  readonly resumedAt: Place | undefined;
}

const near = (row: ChunkRow, order: ScanRequest["order"]): Place =>
  order === "newest"
    ? { time: row.max_time, id: row.max_id }
    : { time: row.min_time, id: row.min_id };

const far = (row: ChunkRow, order: ScanRequest["order"]): Place =>
  near(row, order === "newest" ? "oldest" : "newest");

/** Reads the merged chunks that begin before the place where a scan begins and reach beyond it, in the order of the scan. */
export const readStraddling = (
  files: Pick<DayFiles, "filesOf" | "readEither">,
  request: StraddlingRequest,
  onDamage: (file: DayFile, cause: unknown) => void,
): Row[] => {
  const { order, start, resumedAt } = request;
  const sign = order === "newest" ? -1 : 1;
  const compare = (a: Place, b: Place): number => sign * comparePlaces(a, b);
  const isStraddling = (row: ChunkRow): boolean => {
    const distance = comparePlaces(near(row, order), start);
    const isNear = order === "newest" ? distance >= 0 : distance < 0;
    return isNear && (resumedAt === undefined || compare(far(row, order), resumedAt) >= 0);
  };
  return files
    .filesOf(dayOf(start.time))
    .flatMap((file): Row[] => {
      try {
        const rows = files.readEither(file, (database, path) => database.straddling(request, path));
        return rows.filter(isStraddling).map((row) => ({ file, row }));
      } catch (cause) {
        onDamage(file, cause);
        return [];
      }
    })
    .sort((a, b) => compare(near(a.row, order), near(b.row, order)));
};
