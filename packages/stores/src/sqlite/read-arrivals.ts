import type { Arrivals, ArrivalsRequest, StoredChunk } from "@log-service/core";
import { parseArrival, printArrival } from "../arrival-position.ts";
import type { ArrivalNumbers } from "./arrivals.ts";
import { type ChunkRow, fromRow } from "./chunk-row.ts";
import { type DayFile, describeDayFile } from "./day.ts";
import type { FoundChunk } from "./day-database.ts";
import type { DayFiles } from "./day-files.ts";
import { isBusy } from "./errors.ts";

interface ArrivalDeps {
  readonly files: DayFiles;
  readonly arrivals: ArrivalNumbers;
  readonly toStored: (file: DayFile, chunk: FoundChunk, order: "newest") => StoredChunk;
  /** Lets other work of the process run, now and then. */
  readonly pause: () => Promise<void>;
  readonly begin: () => void;
}

interface Row {
  readonly file: DayFile;
  readonly row: ChunkRow;
}

type OnDamage = (file: DayFile, cause: unknown) => void;

/** The first rows behind the number, over all files that may have some, in the order of arrival. */
const readRows = async (
  { files, arrivals, pause, begin }: ArrivalDeps,
  { tenant, limit }: ArrivalsRequest,
  after: number,
  onDamage: OnDamage,
): Promise<Row[]> => {
  const hasMore = (file: DayFile): boolean => {
    const ask = () => files.read(file, (database) => database.lastArrival());
    return arrivals.lastInFile(file.name, after, ask) > after;
  };
  const readFile = (file: DayFile): Row[] => {
    try {
      if (!hasMore(file)) return [];
      const rows = files.read(file, (database) => database.arrivedAfter(tenant, after, limit + 1));
      return rows.map((row) => ({ file, row }));
    } catch (cause) {
      onDamage(file, cause);
      return [];
    }
  };
  const rows: Row[] = [];
  for (const day of files.days()) {
    for (const file of files.filesOf(day)) {
      const ofFile = readFile(file);
      if (ofFile.length === 0) continue;
      rows.push(...ofFile);
      await pause();
      begin();
    }
  }
  return rows.sort((a, b) => a.row.arrival - b.row.arrival).slice(0, limit + 1);
};

/**
 * Reads what arrived behind a position. The numbers are the keys of the chunks, so that each file is read from the first new
 * one on; and only files that this process has written to, unless the position is older than the process.
 */
export const readArrivals = async (
  deps: ArrivalDeps,
  request: ArrivalsRequest,
): Promise<Arrivals> => {
  const { arrivals, files, toStored } = deps;
  const { tenant, limit } = request;
  const epoch = arrivals.epoch();
  // What is stored while the files are read may be passed over: the next call goes on from here.
  const last = arrivals.last();
  const after = request.after === undefined ? last : parseArrival(request.after, epoch);
  const isTooOld = after === undefined || !arrivals.isWholeAfter(after);
  const start = isTooOld ? last : after;
  const onDamage: OnDamage = (file, cause) => {
    if (isBusy(cause)) throw cause;
    files.reportDamage(file, cause);
    request.onDamage({ part: describeDayFile(file), cause });
  };
  const behind = arrivals.nextBehind(tenant, start);
  const rows = behind === undefined ? [] : await readRows(deps, request, behind, onDamage);
  // Chunks may have been merged while the files were read.
  const hasGap = isTooOld || !arrivals.isWholeAfter(start);
  const known = hasGap ? [] : rows.filter(({ row }) => row.arrival <= last);
  const page = known.slice(0, limit);
  const hasMore = known.length > limit;
  const chunks = page.map(({ file, row }) => {
    try {
      return toStored(file, { meta: fromRow(tenant, row), arrival: row.arrival }, "newest");
    } catch (cause) {
      onDamage(file, cause);
      return undefined;
    }
  });
  const readable = page.filter((_, index) => chunks[index] !== undefined);
  return {
    chunks: chunks.filter((chunk) => chunk !== undefined),
    positionAfter: (count) => {
      // What could not be read is behind who has read the rest.
      const passed = count === readable.length ? page : readable.slice(0, count);
      const isAll = passed === page && !hasMore;
      const number = isAll ? Math.max(last, start) : (passed.at(-1)?.row.arrival ?? start);
      return printArrival(epoch, number);
    },
    hasMore,
    hasGap,
  };
};
