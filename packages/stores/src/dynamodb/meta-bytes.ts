import { Buffer } from "node:buffer";
import { type ChunkMeta, indexOfLogId, logIdAt, timeOfId } from "@log-service/core";

/**
 * A chunk's metadata as an attribute of its item, next to the key, which holds the id: varints of the entries by severity,
 * the milliseconds from the first entry to the last, the places of the first and the last entry in the chunk, then the 8
 * bytes of the digest, where there is one. Some 8 bytes: an item is paid by the kilobyte.
 *
 * Where some of it was erased three zeros come first, which no chunk has for its severities; then those of the entries that
 * are left, and if there are any the milliseconds from the last of them to the time of the key, and from the first to the
 * last, and the places of the two among the ids of the chunk.
 */

const pushVarint = (bytes: number[], value: number): void => {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
};

export const writeMeta = (meta: ChunkMeta): Buffer => {
  const { id, count, minTime, minId, maxTime, maxId, severityCounts, digest } = meta;
  const bytes: number[] = [];
  for (const severityCount of severityCounts) pushVarint(bytes, severityCount);
  pushVarint(bytes, maxTime - minTime);
  pushVarint(bytes, indexOfLogId(id, minId));
  pushVarint(bytes, count - 1 - indexOfLogId(id, maxId));
  return Buffer.concat([Buffer.from(bytes), Buffer.from(digest ?? "", "hex")]);
};

/** The metadata of what is left of a chunk. Fewer are left each time, so that no two of a chunk are the same. */
export const writeLeft = ({ id, digest }: ChunkMeta, left: ChunkMeta | undefined): Buffer => {
  const bytes = [0, 0, 0];
  for (const severityCount of left?.severityCounts ?? [0, 0, 0]) pushVarint(bytes, severityCount);
  if (left !== undefined) {
    pushVarint(bytes, timeOfId(id) - left.maxTime);
    pushVarint(bytes, left.maxTime - left.minTime);
    pushVarint(bytes, indexOfLogId(id, left.minId));
    pushVarint(bytes, indexOfLogId(id, left.maxId));
  }
  return Buffer.concat([Buffer.from(bytes), Buffer.from(digest ?? "", "hex")]);
};

/** Reads what `writeMeta` or `writeLeft` wrote; undefined when it is anything else. Nothing is left where its count is 0. */
export const readMeta = (id: string, bytes: Uint8Array): ChunkMeta | undefined => {
  let position = 0;
  const readVarint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = bytes[position++] ?? Number.NaN;
      value += (byte & 0x7f) * 2 ** shift;
      if (!(byte & 0x80)) return Number.isNaN(byte) ? Number.NaN : value;
    }
    return Number.NaN;
  };
  const readCounts = () => [readVarint(), readVarint(), readVarint()] as const;
  const sumOf = ([a, b, c]: ReturnType<typeof readCounts>) => a + b + c;
  const counts = readCounts();
  const isLeft = sumOf(counts) === 0;
  const severityCounts = isLeft ? readCounts() : counts;
  const count = sumOf(severityCounts);
  const isEmpty = count === 0;
  const maxTime = timeOfId(id) - (isLeft && !isEmpty ? readVarint() : 0);
  const minTime = maxTime - (isEmpty ? 0 : readVarint());
  const first = isEmpty ? 0 : readVarint();
  const place = isEmpty ? 0 : readVarint();
  const last = isLeft ? place : count - 1 - place;
  const digest = Buffer.from(bytes.subarray(position)).toString("hex");
  const isWhole = Number.isInteger(first + last + minTime) && [0, 16].includes(digest.length);
  if (!isWhole) return undefined;
  return {
    id,
    count,
    minTime,
    minId: logIdAt(id, first),
    maxTime,
    maxId: logIdAt(id, last),
    severityCounts,
    digest: digest === "" ? undefined : digest,
  };
};
