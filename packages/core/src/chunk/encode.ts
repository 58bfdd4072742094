import { Buffer } from "node:buffer";
import { zstdCompressSync } from "node:zlib";
import { type Entry, severities } from "../entry/entry.ts";
import { logIdAt } from "../entry/log-id.ts";
import type { Chunk, ChunkMeta } from "./chunk.ts";

interface EncodeOptions {
  /** The chunk's id: made with the time of the last entry. */
  readonly id: string;
  readonly digest?: string | undefined;
}

/** Encodes 1..`chunkEntriesMax` entries of one UTC minute, sorted by time, as one chunk. */
export const encodeChunk = (entries: readonly Entry[], { id, digest }: EncodeOptions): Chunk => {
  const first = entries[0];
  const last = entries.at(-1);
  if (first === undefined || last === undefined) throw new RangeError("a chunk has an entry");
  const counts: [number, number, number] = [0, 0, 0];
  for (const entry of entries) counts[severities.indexOf(entry.severity)]! += 1;
  const meta: ChunkMeta = {
    id,
    count: entries.length,
    minTime: first.timestamp,
    minId: id,
    maxTime: last.timestamp,
    maxId: logIdAt(id, entries.length - 1),
    severityCounts: counts,
    digest,
  };
  const packed = zstdCompressSync(Buffer.from(JSON.stringify({ meta, entries })));
  return { meta, bytes: new Uint8Array(packed) };
};
