import type { ByteReader } from "../byte-reader.ts";
import type { ByteWriter } from "../byte-writer.ts";
import type { ChunkSource } from "../chunk-source.ts";
import type { ChunkWriter } from "../chunk-writer.ts";
import { corrupt } from "../corrupt.ts";
import { packedFlags, streams } from "../layout.ts";
import { bitWidth, packBits, packedBytes, unpackBits } from "./bits.ts";

/** An exception costs about this many bits beside its own: how far it is from the one before, and its high bits. */
const exceptionBits = 16;

interface Plan {
  readonly width: number;
  readonly bits: number;
}

/** Finds the width that packs the values best when wider ones are exceptions. `widths[w]` counts values of w bits. */
const planWidth = (widths: Uint32Array, count: number): Plan => {
  let largest = widths.length - 1;
  while (largest > 0 && widths[largest] === 0) largest--;
  let best: Plan = { width: largest, bits: largest * count };
  let exceptions = 0;
  let bits = 0;
  for (let width = largest - 1; width >= 0; width--) {
    exceptions += widths[width + 1]!;
    bits = width * count + exceptions * (exceptionBits + largest - width);
    if (bits < best.bits) best = { width, bits };
  }
  return best;
};

const countWidths = (values: ArrayLike<number>, count: number): Uint32Array => {
  const widths = new Uint32Array(54);
  for (let i = 0; i < count; i++) widths[bitWidth(values[i]!)]!++;
  return widths;
};

interface Range {
  readonly min: number;
  readonly max: number;
  readonly minDelta: number;
  /** Mean distance from a value to the one before. */
  readonly step: number;
}

const measure = (values: ArrayLike<number>): Range => {
  let previous = values[0]!;
  let min = previous;
  let max = previous;
  let minDelta = 0;
  let distance = 0;
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!;
    const delta = value - previous;
    if (value < min) min = value;
    if (value > max) max = value;
    if (i === 1 || delta < minDelta) minDelta = delta;
    distance += delta < 0 ? -delta : delta;
    previous = value;
  }
  return { min, max, minDelta, step: distance / values.length };
};

/** True when the values can be stored as integers: none beyond 2^53, and none too far from the others. */
export const areIntegers = (values: ArrayLike<number>): boolean => {
  let min = 0;
  let max = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isSafeInteger(value) || (value === 0 && 1 / value < 0)) return false;
    if (i === 0 || value < min) min = value;
    if (i === 0 || value > max) max = value;
  }
  return max - min <= Number.MAX_SAFE_INTEGER;
};

interface Layout {
  readonly base: number;
  readonly delta: boolean;
  readonly plan: Plan;
}

/** Distances from the smallest value. */
const fillPlain = (values: ArrayLike<number>, base: number, offsets: Float64Array): void => {
  for (let i = 0; i < values.length; i++) offsets[i] = values[i]! - base;
};

/** Distances from the smallest step to the next value. */
const fillDeltas = (values: ArrayLike<number>, base: number, offsets: Float64Array): void => {
  offsets[0] = 0;
  for (let i = 1; i < values.length; i++) offsets[i] = values[i]! - values[i - 1]! - base;
};

/** Differences of integers are exact up to here. */
const deltaRangeMax = 2 ** 50;

/** Chooses how the values are packed, and leaves what is packed in `offsets`. */
const choose = (values: ArrayLike<number>, offsets: Float64Array): Layout => {
  const { min, max, minDelta, step } = measure(values);
  fillPlain(values, min, offsets);
  const plan = planWidth(countWidths(offsets, values.length), values.length);
  const plain: Layout = { base: min, delta: false, plan };
  if (step * 4 >= max - min || max - min > deltaRangeMax) return plain;
  fillDeltas(values, minDelta, offsets);
  const deltaPlan = planWidth(countWidths(offsets, values.length), values.length);
  if (deltaPlan.bits + firstValueBits < plan.bits) {
    return { base: minDelta, delta: true, plan: deltaPlan };
  }
  fillPlain(values, min, offsets);
  return plain;
};

const firstValueBits = 16;

const writeExceptions = (
  offsets: Float64Array,
  count: number,
  width: number,
  out: ByteWriter,
): void => {
  const limit = 2 ** width;
  let exceptions = 0;
  for (let i = 0; i < count; i++) if (offsets[i]! >= limit) exceptions++;
  out.varint(exceptions);
  let next = 0;
  for (let i = 0; i < count; i++) {
    const offset = offsets[i]!;
    if (offset < limit) continue;
    out.varint(i - next);
    out.varint(Math.floor(offset / limit));
    next = i + 1;
  }
};

/**
 * Packs one or more integers, for which `areIntegers` holds: each as its distance from the smallest, in as few bits
 * as fit most of them; the high bits of the others are exceptions. Where neighbours are close, steps are packed.
 */
export const encodeIntegers = (values: ArrayLike<number>, writer: ChunkWriter): void => {
  const { directory, packed } = writer;
  const count = values.length;
  const offsets = writer.scratch(count);
  const { base, delta, plan } = choose(values, offsets);
  const hasExceptions = plan.bits > plan.width * count;
  const flags =
    (delta ? packedFlags.delta : 0) | (hasExceptions ? packedFlags.exceptions : 0) | plan.width;
  directory.byte(flags);
  directory.signed(base);
  if (delta) directory.signed(values[0]!);
  if (hasExceptions) writeExceptions(offsets, count, plan.width, directory);
  packBits(offsets, count, plan.width, packed);
};

interface Exceptions {
  readonly indices: number[];
  readonly highs: number[];
}

const readExceptions = (directory: ByteReader, count: number): Exceptions => {
  const exceptions = directory.varint();
  const indices: number[] = [];
  const highs: number[] = [];
  let next = 0;
  for (let i = 0; i < exceptions; i++) {
    const index = next + directory.varint();
    if (index >= count) throw corrupt("an exception lies behind the last value");
    indices.push(index);
    highs.push(directory.varint());
    next = index + 1;
  }
  return { indices, highs };
};

const widthMask = 0x3f;

/** Reads where `count` packed integers are, and returns what unpacks them. */
export const openIntegers = (source: ChunkSource, count: number): (() => Float64Array) => {
  const { directory } = source;
  const flags = directory.byte();
  const width = flags & widthMask;
  const base = directory.signed();
  const isDelta = (flags & packedFlags.delta) !== 0;
  const first = isDelta ? directory.signed() : 0;
  const hasExceptions = (flags & packedFlags.exceptions) !== 0;
  const exceptions = hasExceptions ? readExceptions(directory, count) : undefined;
  const start = source.claim(streams.packed, packedBytes(count, width));
  return () => {
    const values = new Float64Array(count);
    if (width > 0) unpackBits(source.stream(streams.packed), start, width, values);
    for (const [i, index] of exceptions?.indices.entries() ?? []) {
      values[index]! += exceptions!.highs[i]! * 2 ** width;
    }
    if (isDelta) addSteps(values, first, base);
    else for (let i = 0; i < count; i++) values[i]! += base;
    return values;
  };
};

const addSteps = (values: Float64Array, first: number, base: number): void => {
  let value = first;
  values[0] = first;
  for (let i = 1; i < values.length; i++) {
    value += values[i]! + base;
    values[i] = value;
  }
};
