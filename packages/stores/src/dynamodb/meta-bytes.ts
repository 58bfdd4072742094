import { Buffer } from "node:buffer";
import { type ChunkMeta, indexOfLogId, logIdAt, timeOfId } from "@log-service/core";

/**
 * A chunk's metadata as an attribute of its item, next to the key, which holds the id: varints of the entries by severity,
 * the milliseconds from the first entry to the last, the places of the first and the last entry in the chunk, then the 8
 * bytes of the digest, where there is one. Some 8 bytes: an item is paid by the kilobyte.
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

/** Reads what `writeMeta` wrote; undefined when it is anything else. */
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
  const severityCounts = [readVarint(), readVarint(), readVarint()] as const;
  const count = severityCounts[0] + severityCounts[1] + severityCounts[2];
  const maxTime = timeOfId(id);
  const minTime = maxTime - readVarint();
  const first = readVarint();
  const last = count - 1 - readVarint();
  const digest = Buffer.from(bytes.subarray(position)).toString("hex");
  const isWhole = Number.isInteger(first + last + minTime) && [0, 16].includes(digest.length);
  if (!isWhole || count < 1) return undefined;
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
