/** The most entries that a chunk of the ingest path holds. A compacted chunk may hold more. */
export const chunkEntriesMax = 2000;

/** The most bytes that a chunk of the ingest path has: an item of DynamoDB holds 400 KB, names included. */
export const chunkBytesMax = 350_000;

/** What is known of a chunk without decompressing anything; it stands in front of the chunk's bytes. */
export interface ChunkMeta {
  /** The chunk's identity, and the id of its first entry while it is as it was written: index 0. */
  readonly id: string;
  /** How many entries it holds: >= 1. */
  readonly count: number;
  /** The first and the last entry in total order, `(timestamp, logId)`. Times in milliseconds since 1970. */
  readonly minTime: number;
  readonly minId: string;
  readonly maxTime: number;
  readonly maxId: string;
  /** Entries by severity, in the order of `severities`. */
  readonly severityCounts: readonly [info: number, warning: number, error: number];
  /** 16 hex digits over the chunk's entries where ids come from content; two chunks that share an id are told apart by it. */
  readonly digest: string | undefined;
}

/** A chunk as it is written and kept. Immutable. */
export interface Chunk {
  readonly meta: ChunkMeta;
  /** The whole chunk, its metadata included; nothing else lies in the buffer behind it, so it can be transferred. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Entries in a row whose ids follow one another. */
export interface IdRun {
  readonly firstId: string;
  /** >= 1. */
  readonly count: number;
}

/** A place in the total order of entries: `(time, id)`. */
export interface Position {
  readonly time: number;
  readonly id: string;
}

/** Compares two places in the total order; negative when `a` is older. */
export const comparePositions = (a: Position, b: Position): number =>
  a.time - b.time || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
