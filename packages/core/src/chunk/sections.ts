import { Buffer } from "node:buffer";
import { constants, crc32, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { ChunkWriter } from "./chunk-writer.ts";
import { corrupt } from "./corrupt.ts";
import type { Header, Section } from "./header.ts";
import {
  compressedFromEntries,
  frameBytesMin,
  frameGainMin,
  splitFromEntries,
  streamCount,
  streams,
  zstdLevel,
} from "./layout.ts";

interface WrittenSection extends Section {
  readonly content: Buffer;
}

const compress = (content: Buffer): Buffer =>
  zstdCompressSync(content, {
    params: { [constants.ZSTD_c_compressionLevel]: zstdLevel },
    pledgedSrcSize: content.length,
  });

interface PlannedSection {
  readonly group: readonly number[];
  readonly zstd: boolean;
}

/** What may have a frame of its own. */
const candidates = [[streams.strings], [streams.messages, streams.templates]];

/** Which streams share a section, and which sections are worth compressing. */
const planSections = (sizes: readonly number[], count: number): PlannedSection[] => {
  const filled = sizes.map((_, stream) => stream).filter((stream) => sizes[stream]! > 0);
  if (count < compressedFromEntries) return [{ group: filled, zstd: false }];
  const sizeOf = (group: readonly number[]) =>
    group.reduce((sum, stream) => sum + sizes[stream]!, 0);
  const apart =
    count < splitFromEntries ? [] : candidates.filter((group) => sizeOf(group) >= frameBytesMin);
  const hasOwn = new Set<number>([streams.packed, ...apart.flat()]);
  const shared = filled.filter((stream) => !hasOwn.has(stream));
  const plan: PlannedSection[] = [{ group: shared, zstd: true }];
  if (sizes[streams.packed]! > 0) plan.push({ group: [streams.packed], zstd: false });
  for (const group of apart) {
    plan.push({ group: group.filter((stream) => sizes[stream]! > 0), zstd: true });
  }
  return plan;
};

/** Makes the sections of what columns wrote. */
export const makeSections = (writer: ChunkWriter, count: number): WrittenSection[] => {
  const { directory, packed, strings, messages, templates } = writer;
  // In the order of their numbers.
  const views = [directory, packed, strings, messages, templates].map((stream) => stream.view());
  const sizes = views.map((view) => view.length);
  return planSections(sizes, count).map(({ group, zstd }) => {
    const plain =
      group.length === 1 ? views[group[0]!]! : Buffer.concat(group.map((stream) => views[stream]!));
    const frame = zstd && plain.length >= frameBytesMin ? compress(plain) : plain;
    const isCompressed =
      frame.length + (count < splitFromEntries ? 1 : frameGainMin) <= plain.length;
    const content = isCompressed ? frame : plain;
    return {
      streams: group.map((stream) => ({ stream, bytes: sizes[stream]! })),
      isCompressed,
      storedBytes: content.length,
      checksum: crc32(content),
      content,
    };
  });
};

export interface SectionReader {
  /** How many bytes each stream has. */
  readonly sizes: readonly number[];
  stream(stream: number): Buffer;
  /** How many bytes have been decompressed so far. */
  bytesDecompressed(): number;
}

const decompress = (section: Section, stored: Buffer, bytes: number): Buffer => {
  if (!section.isCompressed) return stored;
  // An exact buffer for the result saves growing it; zstd needs room for one byte more to see that it is done.
  const plain = zstdDecompressSync(stored, {
    maxOutputLength: bytes,
    chunkSize: Math.max(constants.Z_MIN_CHUNK, bytes + 1),
  });
  if (plain.length !== bytes) throw corrupt("a section has another length than it says");
  return plain;
};

/** Gives the streams of a chunk; a section is checked and decompressed when one of its streams is asked for. */
export const readSections = (bytes: Uint8Array, header: Header): SectionReader => {
  const views: (Buffer | undefined)[] = new Array(streamCount).fill(undefined);
  const sizes: number[] = new Array(streamCount).fill(0);
  const places: { section: Section; start: number }[] = [];
  let decompressed = 0;
  let start = header.headerBytes;
  for (const section of header.sections) {
    for (const { stream, bytes: size } of section.streams) {
      sizes[stream] = size;
      places[stream] = { section, start };
    }
    start += section.storedBytes;
  }
  const load = (stream: number): void => {
    const place = places[stream];
    if (place === undefined) throw corrupt("a stream is missing");
    const { section } = place;
    const stored = Buffer.from(bytes.buffer, bytes.byteOffset + place.start, section.storedBytes);
    if (crc32(stored) !== section.checksum) throw corrupt("a checksum is wrong");
    const total = section.streams.reduce((sum, { bytes: size }) => sum + size, 0);
    const plain = decompress(section, stored, total);
    if (section.isCompressed) decompressed += total;
    let from = 0;
    for (const { stream: held, bytes: size } of section.streams) {
      views[held] = plain.subarray(from, from + size);
      from += size;
    }
  };
  return {
    sizes,
    stream: (stream) => {
      if (views[stream] === undefined) load(stream);
      return views[stream]!;
    },
    bytesDecompressed: () => decompressed,
  };
};
