/**
 * The bytes of a chunk, version 1; `docs/formats/chunk.md` draws them. Every number is little-endian, a varint has
 * seven bits a byte, low bits first.
 */

/** "LC" as text. */
export const magic = 0x43_4c;

export const formatVersion = 1;

/** Where the fixed fields at the front begin. */
export const headerOffsets = { magic: 0, version: 2, flags: 3, headerBytes: 4, id: 6, rest: 22 };

export const idBytes = 16;
export const digestBytes = 8;
export const checksumBytes = 4;

/** Bits of the header's flags. */
export const headerFlags = {
  /** A digest follows. */
  digest: 1,
  /** The largest time is not the one in the id; it follows. */
  time: 2,
  /** The ids are not `id`, `id + 1`, ...: the smallest and the largest follow, and sequences lead the directory. */
  sequences: 4,
};

/**
 * The streams that columns are written to. A section of the file holds one or several of them; what a filter reads
 * most often lies apart from what it reads seldom.
 */
export const streams = {
  /** The directory, shapes, and the small parts of all columns. */
  directory: 0,
  /** Packed integers, hex digits as bytes, float64: what does not get smaller by compression. */
  packed: 1,
  /** Text of columns other than the message. */
  strings: 2,
  /** Text of the messages. */
  messages: 3,
  /** The directory of the messages: their templates, or how their text is stored. Most filters do without. */
  templates: 4,
} as const;

export const streamCount = 5;

/** In front of a section: the streams it holds as bits 0..4, and this bit when it is a zstd frame. */
export const sectionIsCompressed = 1 << streamCount;

/** Below this number of entries nothing is compressed: a call of zstd costs more than it saves. */
export const compressedFromEntries = 8;

/** Below this number of entries all compressed streams share one frame. */
export const splitFromEntries = 200;

/** A stream smaller than this has no frame of its own; it joins the directory's. */
export const frameBytesMin = 512;

/**
 * In a chunk with frames of its own, a frame that saves less than this is stored raw: decompressing it costs a query
 * more than reading these bytes.
 */
export const frameGainMin = 768;

/** Level 1 is the fastest, and for text of this size no worse than level 3. */
export const zstdLevel = 1;

/** What a column belongs to. Attributes of the same name and different types are different columns. */
export const fieldCodes = {
  attribute: 0,
  timestamp: 1,
  severity: 2,
  message: 3,
  service: 4,
  level: 5,
  traceId: 6,
  spanId: 7,
} as const;

export const valueTypes = ["string", "number", "boolean"] as const;

export type ValueType = (typeof valueTypes)[number];

/** How a column of strings is stored: the byte in front of it. */
export const stringEncodings = {
  constant: 0,
  dictionary: 1,
  hex: 2,
  uuid: 3,
  affixed: 4,
  text: 5,
  /** Messages only: texts with slots. */
  templates: 6,
  /** In a slot only: what another column has. */
  reference: 7,
} as const;

/** How the bytes of text become strings. */
export const textForms = {
  ascii: 0,
  utf8: 1,
  /** UTF-8 that also encodes lone surrogates, each as three bytes. */
  wtf8: 2,
} as const;

/** How a column of numbers is stored, when it is not 10^-n times an integer (n = 0..15). */
export const numbersAreFloat64 = 255;

/** In front of packed integers: the bits of each in the lower six bits, and these two. */
export const packedFlags = {
  /** Differences to the value before; the value before the first is 0. */
  delta: 0x40,
  /** Some values have more bits; those follow. */
  exceptions: 0x80,
};

export const packedWidthMask = 0x3f;

export const uuidBytes = 16;

/** How many digits of an affixed number the second column of integers has, where there are two. */
export const affixedLowDigits = 15;

/** Below this number of entries messages are plain text: templates would cost time and save nothing. */
export const templatesFromEntries = 48;

/** A template that fewer messages have is none. */
export const templateRowsMin = 3;
