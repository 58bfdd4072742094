import type { Buffer } from "node:buffer";
import type { ByteReader } from "./byte-reader.ts";

/** What columns of one chunk are read from. */
export interface ChunkSource {
  /** The directory; what opens a column reads its small parts from here, in the order they were written. */
  readonly directory: ByteReader;
  /** Takes the next `bytes` of a stream for a column, and returns where they begin. Nothing is read yet. */
  claim(stream: number, bytes: number): number;
  /** The content of a stream: read, checked and decompressed when it is first asked for. */
  stream(stream: number): Buffer;
  /** Room for `count` numbers, all 0. It is never given out again. */
  numbers(count: number): Float64Array;
}
