import type { ByteReader } from "../byte-reader.ts";
import type { ChunkSource } from "../chunk-source.ts";
import { corrupt } from "../corrupt.ts";
import {
  affixedLowDigits,
  numbersAreFloat64,
  packedFlags,
  packedWidthMask,
  streams,
  stringEncodings,
  uuidBytes,
} from "../layout.ts";
import { packedBytes } from "./bits.ts";

/*
 * What passes over a column, as the `open` function of its kind would read it, and makes nothing on the way: a chunk has
 * dozens of columns, and a query reads two of them.
 */

const skipString = (directory: ByteReader): void => {
  directory.skip(Math.floor(directory.varint() / 4));
};

export const skipIntegers = (source: ChunkSource, count: number): void => {
  const { directory } = source;
  const flags = directory.byte();
  directory.skipVarints(1);
  if ((flags & packedFlags.delta) !== 0) directory.skipVarints(1);
  if ((flags & packedFlags.exceptions) !== 0) directory.skipVarints(2 * directory.varint());
  source.claim(streams.packed, packedBytes(count, flags & packedWidthMask));
};

export const skipNumbers = (source: ChunkSource, count: number): void => {
  if (source.directory.byte() === numbersAreFloat64) source.claim(streams.packed, count * 8);
  else skipIntegers(source, count);
};

const skipDistinct = (encoding: number, source: ChunkSource, count: number): void => {
  const { directory } = source;
  switch (encoding) {
    case stringEncodings.hex:
      skipString(directory);
      source.claim(streams.packed, count * directory.byte());
      return;
    case stringEncodings.uuid:
      source.claim(streams.packed, count * uuidBytes);
      return;
    case stringEncodings.affixed:
      skipString(directory);
      skipString(directory);
      if (directory.byte() > affixedLowDigits) skipIntegers(source, count);
      skipIntegers(source, count);
      return;
    case stringEncodings.text:
      directory.byte();
      source.claim(streams.strings, directory.varint());
      skipIntegers(source, count);
      return;
    default:
      throw corrupt("strings are stored in an unknown way");
  }
};

/** Passes over strings of a column; those of messages are never passed over. */
export const skipStrings = (source: ChunkSource, count: number): void => {
  const { directory } = source;
  const encoding = directory.byte();
  if (encoding === stringEncodings.constant) skipString(directory);
  else if (encoding !== stringEncodings.dictionary) skipDistinct(encoding, source, count);
  else {
    const distinct = directory.varint();
    skipDistinct(directory.byte(), source, distinct);
    skipIntegers(source, count);
  }
};
