import { logIdAt } from "../entry/log-id.ts";
import { ByteWriter } from "./byte-writer.ts";
import type { Chunk } from "./chunk.ts";
import { readHeader, writeHeader } from "./header.ts";

/**
 * The same entries under another id of the same time. The header alone says it, so that nothing else is read: not even
 * decompressed. The chunk must be as it was written: one that was merged names its ids one by one.
 */
export const renameChunk = ({ meta, bytes }: Chunk, id: string): Chunk => {
  const { hasSequences, sections, headerBytes } = readHeader(bytes);
  if (hasSequences) throw new RangeError("a merged chunk keeps its ids");
  const renamed = { ...meta, id, minId: id, maxId: logIdAt(id, meta.count - 1) };
  const header = new ByteWriter(headerBytes);
  writeHeader(renamed, false, sections, header);
  const front = header.view();
  const content = bytes.subarray(headerBytes);
  const all = new Uint8Array(front.length + content.length);
  all.set(front);
  all.set(content, front.length);
  return { meta: renamed, bytes: all };
};
