import type { Buffer } from "node:buffer";
import type { ByteWriter } from "../byte-writer.ts";

/** Values are packed in pieces of this many bits, so that a piece and what is left of a byte fit into 32 bits. */
const pieceBits = 24;
const piece = 2 ** pieceBits;

/** How many bytes `count` values of `width` bits take. */
export const packedBytes = (count: number, width: number): number =>
  width <= pieceBits
    ? Math.ceil((count * width) / 8)
    : Math.ceil((count * pieceBits) / 8) + packedBytes(count, width - pieceBits);

/** How many bits an integer in 0..2^53-1 takes; 0 takes none. */
export const bitWidth = (value: number): number =>
  value < 2 ** 32 ? 32 - Math.clz32(value) : 64 - Math.clz32(Math.floor(value / 2 ** 32));

/** Writes the low `width` bits of each value, low bits first; all values begin at `shift` (a power of two). */
const packPiece = (
  values: Float64Array,
  count: number,
  shift: number,
  width: number,
  out: ByteWriter,
): void => {
  const buffer = out.reserve(packedBytes(count, width));
  const mask = 2 ** width - 1;
  let position = out.length;
  let pending = 0;
  let bits = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    const low = shift === 1 ? value & mask : Math.floor(value / shift) & mask;
    pending |= low << bits;
    bits += width;
    while (bits >= 8) {
      buffer[position++] = pending & 0xff;
      pending >>>= 8;
      bits -= 8;
    }
  }
  if (bits > 0) buffer[position++] = pending;
  out.length = position;
};

/** Packs the low `width` bits of integers in 0..2^53-1. */
export const packBits = (
  values: Float64Array,
  count: number,
  width: number,
  out: ByteWriter,
): void => {
  for (let from = 0; from < width; from += pieceBits) {
    packPiece(values, count, 2 ** from, Math.min(pieceBits, width - from), out);
  }
};

/** Reads what `packBits` wrote at `start` into `target`. The buffer must hold all of it. */
export const unpackBits = (
  buffer: Buffer,
  start: number,
  width: number,
  target: Float64Array,
): void => {
  let position = start;
  for (let from = 0; from < width; from += pieceBits) {
    const bits = Math.min(pieceBits, width - from);
    const factor = from === 0 ? 1 : piece ** (from / pieceBits);
    unpackPiece(buffer, position, bits, factor, target);
    position += packedBytes(target.length, bits);
  }
};

const unpackPiece = (
  buffer: Buffer,
  start: number,
  width: number,
  factor: number,
  target: Float64Array,
): void => {
  const mask = 2 ** width - 1;
  let position = start;
  let pending = 0;
  let bits = 0;
  for (let i = 0; i < target.length; i++) {
    while (bits < width) {
      pending |= buffer[position++]! << bits;
      bits += 8;
    }
    const value = pending & mask;
    pending >>>= width;
    bits -= width;
    target[i] = factor === 1 ? value : target[i]! + value * factor;
  }
};
