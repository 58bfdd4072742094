import { ByteWriter } from "./byte-writer.ts";

/** Where the columns of one chunk are written: the streams of `layout.ts`, and room for numbers on their way there. */
export interface ChunkWriter {
  readonly directory: ByteWriter;
  readonly packed: ByteWriter;
  readonly strings: ByteWriter;
  readonly messages: ByteWriter;
  /** Not a part of the chunk: room to work in. */
  readonly draft: ByteWriter;
  /** Room for at least `count` numbers. What is in it lives until the next call. */
  scratch(count: number): Float64Array;
  /** Empties it for the next chunk. */
  clear(): void;
}

const initialBytes = 1 << 14;

export const createChunkWriter = (): ChunkWriter => {
  let numbers = new Float64Array(0);
  const streams = {
    directory: new ByteWriter(initialBytes),
    packed: new ByteWriter(initialBytes),
    strings: new ByteWriter(initialBytes),
    messages: new ByteWriter(initialBytes),
    draft: new ByteWriter(initialBytes),
  };
  return {
    ...streams,
    scratch: (count) => {
      if (numbers.length < count) numbers = new Float64Array(Math.max(2048, count));
      return numbers;
    },
    clear: () => {
      for (const stream of Object.values(streams)) stream.clear();
    },
  };
};
