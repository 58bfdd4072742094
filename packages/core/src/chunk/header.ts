import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";
import { idFromBytes, idToBytes, logIdAt, timeOfId } from "../entry/log-id.ts";
import { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import type { ChunkMeta } from "./chunk.ts";
import { corrupt } from "./corrupt.ts";
import {
  checksumBytes,
  digestBytes,
  formatVersion,
  headerFlags,
  headerOffsets,
  idBytes,
  magic,
  sectionIsCompressed,
  streamCount,
} from "./layout.ts";

/** A part of the file with its own checksum: one stream or several, one after the other, compressed or not. */
export interface Section {
  /** The streams in it, ascending, each with its length. */
  readonly streams: readonly { readonly stream: number; readonly bytes: number }[];
  readonly isCompressed: boolean;
  /** How many bytes it has in the file. */
  readonly storedBytes: number;
  readonly checksum: number;
}

export interface Header {
  readonly meta: ChunkMeta;
  readonly hasSequences: boolean;
  readonly sections: readonly Section[];
  /** Where the first section begins. */
  readonly headerBytes: number;
}

const writeSection = (section: Section, out: ByteWriter): void => {
  let mask = section.isCompressed ? sectionIsCompressed : 0;
  for (const { stream } of section.streams) mask |= 1 << stream;
  out.byte(mask);
  for (const { bytes } of section.streams) out.varint(bytes);
  if (section.isCompressed) out.varint(section.storedBytes);
  out.uint32(section.checksum);
};

const readSection = (reader: ByteReader): Section => {
  const mask = reader.byte();
  const streams: { stream: number; bytes: number }[] = [];
  let storedBytes = 0;
  for (let stream = 0; stream < streamCount; stream++) {
    if ((mask & (1 << stream)) === 0) continue;
    const bytes = reader.varint();
    streams.push({ stream, bytes });
    storedBytes += bytes;
  }
  const isCompressed = (mask & sectionIsCompressed) !== 0;
  if (isCompressed) storedBytes = reader.varint();
  return { streams, isCompressed, storedBytes, checksum: reader.uint32() };
};

/** Writes the header of a chunk to the front of `out`, which must be empty. */
export const writeHeader = (
  meta: ChunkMeta,
  hasSequences: boolean,
  sections: readonly Section[],
  out: ByteWriter,
): void => {
  const hasTime = timeOfId(meta.id) !== meta.maxTime;
  const flags =
    (meta.digest === undefined ? 0 : headerFlags.digest) |
    (hasTime ? headerFlags.time : 0) |
    (hasSequences ? headerFlags.sequences : 0);
  out.reserve(headerOffsets.rest).writeUInt16LE(magic, headerOffsets.magic);
  out.length = headerOffsets.version;
  out.byte(formatVersion);
  out.byte(flags);
  out.length = headerOffsets.id;
  out.bytes(idToBytes(meta.id));
  if (hasTime) out.varint(meta.maxTime);
  out.varint(meta.maxTime - meta.minTime);
  for (const count of meta.severityCounts) out.varint(count);
  if (meta.digest !== undefined) out.bytes(Buffer.from(meta.digest, "hex"));
  if (hasSequences) {
    out.bytes(idToBytes(meta.minId));
    out.bytes(idToBytes(meta.maxId));
  }
  for (const section of sections) writeSection(section, out);
  out.view().writeUInt16LE(out.length + checksumBytes, headerOffsets.headerBytes);
  out.uint32(crc32(out.view()));
};

/** Checks everything that can be checked of a header before it is believed, and returns its bytes. */
const checkedHeader = (bytes: Uint8Array): Buffer => {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.length < headerOffsets.rest + checksumBytes) throw corrupt("it is too short");
  if (all.readUInt16LE(headerOffsets.magic) !== magic) throw corrupt("it is not a chunk");
  const version = all[headerOffsets.version]!;
  if (version !== formatVersion) throw corrupt(`its version is ${version}`);
  const end = all.readUInt16LE(headerOffsets.headerBytes) - checksumBytes;
  if (end < headerOffsets.rest || end + checksumBytes > all.length) throw corrupt("it is cut");
  if (crc32(all.subarray(0, end)) !== all.readUInt32LE(end)) {
    throw corrupt("the checksum of its header is wrong");
  }
  return all.subarray(0, end);
};

/** Reads the front of a chunk. Throws CHUNK_CORRUPT, also when the chunk is not as long as it says. */
export const readHeader = (bytes: Uint8Array): Header => {
  const header = checkedHeader(bytes);
  const flags = header[headerOffsets.flags]!;
  const reader = new ByteReader(header, headerOffsets.id);
  const id = idFromBytes(reader.bytes(idBytes));
  const maxTime = (flags & headerFlags.time) === 0 ? timeOfId(id) : reader.varint();
  const minTime = maxTime - reader.varint();
  const severityCounts = [reader.varint(), reader.varint(), reader.varint()] as const;
  const count = severityCounts[0] + severityCounts[1] + severityCounts[2];
  const hasDigest = (flags & headerFlags.digest) !== 0;
  const digest = hasDigest ? reader.bytes(digestBytes).toString("hex") : undefined;
  const hasSequences = (flags & headerFlags.sequences) !== 0;
  const minId = hasSequences ? idFromBytes(reader.bytes(idBytes)) : id;
  const maxId = hasSequences ? idFromBytes(reader.bytes(idBytes)) : logIdAt(id, count - 1);
  const sections: Section[] = [];
  while (reader.position < header.length) sections.push(readSection(reader));
  const headerBytes = header.length + checksumBytes;
  const stored = sections.reduce((sum, section) => sum + section.storedBytes, headerBytes);
  if (stored !== bytes.length) throw corrupt("it is cut");
  const meta = { id, count, minTime, minId, maxTime, maxId, severityCounts, digest };
  return { meta, hasSequences, sections, headerBytes };
};
