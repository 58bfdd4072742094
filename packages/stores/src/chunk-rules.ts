import {
  type ChunkMeta,
  chunkIdOf,
  indexOfLogId,
  LogServiceError,
  mergedBytesMax,
  mergedSpanMs,
  type Replacement,
  type Rewrite,
  type TenantChunk,
  timeOfId,
} from "@log-service/core";

/** A chunk lies within a UTC minute. */
export const minuteMs = 60_000;

/** The last millisecond that an id can hold. */
export const timeMax = 2 ** 48 - 1;

/** The beginning of the UTC minute. */
export const floorToMinute = (time: number): number => time - (time % minuteMs);

/** The end of the range of max times that chunks with an entry before `to` can have. */
export const ceilToMinute = (to: number): number => Math.ceil(to / minuteMs) * minuteMs;

const problemOf = ({ meta, bytes }: TenantChunk, chunkBytesMax: number): string | undefined => {
  if (bytes.length === 0) return "has no bytes";
  if (bytes.length > chunkBytesMax) {
    return `has ${bytes.length} bytes; the limit is ${chunkBytesMax}`;
  }
  if (!Number.isInteger(meta.minTime) || meta.minTime < 0) return "has no time";
  if (meta.minTime > meta.maxTime || floorToMinute(meta.minTime) !== floorToMinute(meta.maxTime)) {
    return "crosses a minute";
  }
  if (timeOfId(meta.id) !== meta.maxTime) return "has another max time than its id";
  const isOneRun = [meta.id, meta.minId, meta.maxId].every((id) => chunkIdOf(id) === meta.id);
  return isOneRun ? undefined : "has ids beyond its own";
};

/**
 * Throws INTERNAL for a chunk that a store could keep but not find again: keys hold the max time only, a range of times
 * is widened by one minute and no more, and a look-up by id takes the key from the id.
 */
export const assertStorable = (chunk: TenantChunk, chunkBytesMax: number): void => {
  const problem = problemOf(chunk, chunkBytesMax);
  if (problem !== undefined) {
    throw new LogServiceError("INTERNAL", `the chunk ${chunk.meta.id} ${problem}`);
  }
};

const hourOf = (time: number): number => Math.floor(time / mergedSpanMs);

/** Throws INTERNAL for chunks that could not be found again in the place of others. */
export const assertReplaceable = ({ old, chunks }: Replacement): void => {
  const hour = hourOf(old[0]?.minTime ?? -1);
  const isInHour = [...old, ...chunks.map(({ meta }) => meta)].every(
    ({ minTime, maxTime }) =>
      hourOf(minTime) === hour && hourOf(maxTime) === hour && minTime <= maxTime,
  );
  const isSmall = chunks.every(({ bytes }) => bytes.length > 0 && bytes.length <= mergedBytesMax);
  if (isInHour && isSmall) return;
  throw new LogServiceError("INTERNAL", "the chunks cannot take the place of others");
};

/**
 * What is left of a chunk may be larger than it was: it names its ids, which lie in a thousand runs of some 17 bytes at most,
 * where those of a whole chunk follow from its own.
 */
const idRunsBytesMax = 32 * 1024;

/** Throws INTERNAL for what is not a part of the chunk that it is to stand for. */
export const assertRewritable = ({ old, chunk }: Rewrite, chunkBytesMax: number): void => {
  if (chunk === undefined) return;
  const { meta, bytes } = chunk;
  const isPart =
    meta.id === old.id &&
    meta.digest === old.digest &&
    meta.count < old.count &&
    meta.minTime >= old.minTime &&
    meta.maxTime <= old.maxTime;
  if (isPart && bytes.length > 0 && bytes.length <= chunkBytesMax + idRunsBytesMax) return;
  throw new LogServiceError("INTERNAL", `what is left of the chunk ${old.id} is no part of it`);
};

/** Whether the entry may be in the chunk that is named by its id. Of one that was rewritten, entries in between are gone. */
export const mayHold = ({ id, count, maxId }: ChunkMeta, logId: string): boolean => {
  const index = indexOfLogId(id, logId);
  return count > 0 && index >= 0 && index <= Math.max(count - 1, indexOfLogId(id, maxId));
};
