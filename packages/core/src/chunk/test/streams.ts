import { Buffer } from "node:buffer";
import { ByteReader } from "../byte-reader.ts";
import type { ChunkSource } from "../chunk-source.ts";
import { type ChunkWriter, createChunkWriter } from "../chunk-writer.ts";

/** Reads back what was written to the streams of a chunk, without the chunk around them. */
export const sourceOf = (writer: ChunkWriter): ChunkSource => {
  const { directory, packed, strings, messages } = writer;
  const contents = [directory, packed, strings, messages].map((one) => Buffer.from(one.view()));
  const claimed = contents.map(() => 0);
  return {
    directory: new ByteReader(contents[0]!),
    claim: (stream, bytes) => {
      const start = claimed[stream]!;
      claimed[stream] = start + bytes;
      return start;
    },
    stream: (stream) => contents[stream]!,
    numbers: (count) => new Float64Array(count),
  };
};

interface Written<T> {
  readonly result: T;
  /** In all streams together. */
  readonly bytes: number;
  /** How many bytes of the directory were written but not read. */
  readonly unread: number;
}

/** Writes a column and reads it back. */
export const throughStreams = <T>(
  encode: (writer: ChunkWriter) => void,
  open: (source: ChunkSource) => T,
): Written<T> => {
  const writer = createChunkWriter();
  encode(writer);
  const { directory, packed, strings, messages } = writer;
  const bytes = directory.length + packed.length + strings.length + messages.length;
  const source = sourceOf(writer);
  const result = open(source);
  return { result, bytes, unread: source.directory.buffer.length - source.directory.position };
};
