import { Buffer } from "node:buffer";
import { type Chunk, chunkBytesMax, chunkEntriesMax } from "../chunk/chunk.ts";
import type { ChunkEncoder } from "../chunk/encode.ts";
import type { Entry } from "../entry/entry.ts";
import { chunksPerSeed, createChunkId, type IdSeed } from "../entry/log-id.ts";

const minuteMs = 60_000;

/**
 * How much text goes into one chunk, in UTF-16 units. Text that does not compress at all stays below `chunkBytesMax`
 * with it, as long as it is Latin; what is still too large is halved after encoding.
 */
const chunkTextMax = 330_000;

/** What an entry adds to a chunk at the most, roughly: columns share names, so only values count. */
export const textOf = (entry: Entry): number => {
  let length =
    24 + entry.message.length + (entry.traceId?.length ?? 0) + (entry.spanId?.length ?? 0);
  for (const value of entry.attributeValues) length += typeof value === "string" ? value.length : 8;
  return length;
};

/** The seed for the chunks of a batch from number `64 * block` on: an id has room for 64 ordinals. */
const seedOfBlock = (seed: IdSeed, block: number): IdSeed =>
  block === 0 ? seed : { high: seed.high, low: (seed.low + block * 0x9e3779b97) % 2 ** 42 };

interface Slice {
  readonly start: number;
  readonly end: number;
}

/** Cuts entries, sorted by time, where a chunk must end. It depends on the entries alone, so that a repeated batch is cut alike. */
const slicesOf = (entries: readonly Entry[]): Slice[] => {
  const slices: Slice[] = [];
  let start = 0;
  let text = 0;
  let minute = -1;
  for (const [index, entry] of entries.entries()) {
    const entryMinute = Math.floor(entry.timestamp / minuteMs);
    const entryText = textOf(entry);
    const isFull = index - start === chunkEntriesMax || text + entryText > chunkTextMax;
    if (index > start && (isFull || entryMinute !== minute)) {
      slices.push({ start, end: index });
      start = index;
      text = 0;
    }
    minute = entryMinute;
    text += entryText;
  }
  if (start < entries.length) slices.push({ start, end: entries.length });
  return slices;
};

/** Encodes one chunk. A `createChunkEncoder` that is kept does it faster than `encodeChunk`. */
export type EncodeChunk = ChunkEncoder["encode"];

export interface SplitOptions {
  readonly seed: IdSeed;
  readonly digest?: string | undefined;
}

/** A chunk, and which of the sorted entries it holds. */
export interface EncodedSlice extends Slice {
  readonly chunk: Chunk;
}

/** Encodes entries, sorted by time, as chunks whose ids share the seed. */
export const encodeSlices = (
  entries: readonly Entry[],
  options: SplitOptions,
  encodeChunk: EncodeChunk,
): EncodedSlice[] => {
  const waiting = slicesOf(entries).reverse();
  const encoded: EncodedSlice[] = [];
  for (let slice = waiting.pop(); slice !== undefined; slice = waiting.pop()) {
    const { start, end } = slice;
    const part = start === 0 && end === entries.length ? entries : entries.slice(start, end);
    const time = part.at(-1)?.timestamp ?? 0;
    const seed = seedOfBlock(options.seed, Math.floor(encoded.length / chunksPerSeed));
    const id = createChunkId(time, seed, encoded.length % chunksPerSeed);
    const chunk = encodeChunk(part, { id, digest: options.digest });
    if (chunk.bytes.length > chunkBytesMax && part.length > 1) {
      const middle = start + Math.floor(part.length / 2);
      waiting.push({ start: middle, end }, { start, end: middle });
    } else encoded.push({ start, end, chunk });
  }
  return encoded;
};

/** Sorts by time; entries of one millisecond keep their order. Returns the same array when it is sorted already. */
export const sortedByTime = (entries: readonly Entry[]): readonly Entry[] => {
  for (let index = 1; index < entries.length; index++) {
    const before = entries[index - 1];
    const entry = entries[index];
    if (before !== undefined && entry !== undefined && before.timestamp > entry.timestamp)
      return entries.toSorted((a, b) => a.timestamp - b.timestamp);
  }
  return entries;
};

/** The seed and the digest that a SHA-256 stands for: its first 54 bits and its last 64. */
export const idsFromHash = (hash: Uint8Array): { seed: IdSeed; digest: string } => {
  const bytes = Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength);
  return {
    seed: { high: bytes.readUInt16BE(0) >> 4, low: bytes.readUIntBE(2, 6) % 2 ** 42 },
    digest: bytes.subarray(24, 32).toString("hex"),
  };
};
