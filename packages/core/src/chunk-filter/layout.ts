/**
 * The bytes of a filter, version 1; `docs/formats/chunk-filter.md` draws them. Every number is little-endian.
 */
export const formatVersion = 1;

/** The version, three bytes that are 0, and how many bytes each of the two bitmaps has. */
export const headerBytes = 12;
export const checksumBytes = 4;

/** The bitmap of messages tells of runs of so many UTF-16 units whether some message may have them. */
export const runLength = 4;

/** How many bits of the bitmap of values each value sets. */
export const bitsPerValue = 4;

/** How many bytes a bitmap has, and at most which share of the chunk. */
export const bitmapBytes = { min: 64, max: 32_768 };
export const bitmapShareMax = 1 / 20;

/** With more of its bits set a bitmap says too little to be worth its bytes. */
export const filledMax = 7 / 8;
