import type { ByteReader } from "../byte-reader.ts";
import type { ByteWriter } from "../byte-writer.ts";
import type { ChunkSource } from "../chunk-source.ts";
import type { ChunkWriter, NumberDraft } from "../chunk-writer.ts";
import { corrupt } from "../corrupt.ts";
import { packedFlags, packedWidthMask, streams } from "../layout.ts";
import { bitWidth, packBits, packedBytes, unpackBits } from "./bits.ts";

/** An exception costs about this many bits beside its own: how far it is from the one before, and its high bits. */
const exceptionBits = 16;

/** Below this number of values neither steps nor exceptions save anything worth the search. */
const plannedFromValues = 16;

interface Plan {
  readonly width: number;
  readonly bits: number;
}

/** Finds the width that packs the values best when wider ones are exceptions. `widths[w]` counts values of w bits. */
const planWidth = (widths: Uint32Array, count: number): Plan => {
  let largest = widths.length - 1;
  while (largest > 0 && widths[largest] === 0) largest--;
  let bestWidth = largest;
  let bestBits = largest * count;
  let exceptions = 0;
  for (let width = largest - 1; width >= 0; width--) {
    exceptions += widths[width + 1]!;
    const bits = width * count + exceptions * (exceptionBits + largest - width);
    if (bits < bestBits) {
      bestBits = bits;
      bestWidth = width;
    }
  }
  return { width: bestWidth, bits: bestBits };
};

/**
 * True when the numbers can be stored as integers: none beyond 2^53, none too far from another, and no -0. All loops
 * here take Float64Array and nothing else: over arrays of several kinds they are five times slower.
 */
export const areIntegers = (values: Float64Array, count: number): boolean => {
  let min = values[0]!;
  let max = min;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    if (value !== Math.floor(value) || (value === 0 && 1 / value < 0)) return false;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const limit = Number.MAX_SAFE_INTEGER;
  return min >= -limit && max <= limit && max - min <= limit;
};

interface Layout {
  readonly base: number;
  readonly delta: boolean;
  readonly plan: Plan;
}

/** Fills `offsets` with distances from the smallest value. */
const planPlain = (values: Float64Array, count: number, base: number, draft: NumberDraft): Plan => {
  const { offsets, widths } = draft;
  widths.fill(0);
  for (let i = 0; i < count; i++) {
    const offset = values[i]! - base;
    offsets[i] = offset;
    widths[bitWidth(offset)]!++;
  }
  return planWidth(widths, count);
};

/** Fills `offsets` with distances from the smallest step to the next value. */
const planSteps = (values: Float64Array, count: number, base: number, draft: NumberDraft): Plan => {
  const { offsets, widths } = draft;
  widths.fill(0);
  offsets[0] = 0;
  for (let i = 1; i < count; i++) {
    const offset = values[i]! - values[i - 1]! - base;
    offsets[i] = offset;
    widths[bitWidth(offset)]!++;
  }
  return planWidth(widths, count);
};

const fillPlain = (values: Float64Array, count: number, base: number, offsets: Float64Array) => {
  for (let i = 0; i < count; i++) offsets[i] = values[i]! - base;
};

/** Differences of integers are exact up to here. */
const deltaRangeMax = 2 ** 50;

/** Chooses how the values are packed, and leaves what is packed in the draft. */
const choose = (values: Float64Array, count: number, draft: NumberDraft): Layout => {
  let previous = values[0]!;
  let min = previous;
  let max = previous;
  let minStep = count > 1 ? values[1]! - previous : 0;
  let distance = 0;
  for (let i = 1; i < count; i++) {
    const value = values[i]!;
    const step = value - previous;
    if (value < min) min = value;
    if (value > max) max = value;
    if (step < minStep) minStep = step;
    distance += step < 0 ? -step : step;
    previous = value;
  }
  const range = max - min;
  if (count < plannedFromValues || range === 0) {
    fillPlain(values, count, min, draft.offsets);
    const width = bitWidth(range);
    return { base: min, delta: false, plan: { width, bits: width * count } };
  }
  const plan = planPlain(values, count, min, draft);
  const plain: Layout = { base: min, delta: false, plan };
  if ((distance / count) * 4 >= range || range > deltaRangeMax) return plain;
  const stepPlan = planSteps(values, count, minStep, draft);
  if (stepPlan.bits + firstValueBits < plan.bits) {
    return { base: minStep, delta: true, plan: stepPlan };
  }
  fillPlain(values, count, min, draft.offsets);
  return plain;
};

/** What the first value costs where steps are packed. */
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
export const encodeIntegers = (values: Float64Array, count: number, writer: ChunkWriter): void => {
  const { directory, packed } = writer;
  const draft = writer.numberDraft(count);
  const { offsets } = draft;
  const { base, delta, plan } = choose(values, count, draft);
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

/** Reads where `count` packed integers are, and returns what unpacks them. */
export const openIntegers = (source: ChunkSource, count: number): (() => Float64Array) => {
  const { directory } = source;
  const flags = directory.byte();
  const width = flags & packedWidthMask;
  const base = directory.signed();
  const isDelta = (flags & packedFlags.delta) !== 0;
  const first = isDelta ? directory.signed() : 0;
  const hasExceptions = (flags & packedFlags.exceptions) !== 0;
  const exceptions = hasExceptions ? readExceptions(directory, count) : undefined;
  const start = source.claim(streams.packed, packedBytes(count, width));
  return () => {
    const values = source.numbers(count);
    if (width > 0) unpackBits(source.stream(streams.packed), start, width, values);
    if (exceptions !== undefined) addExceptions(values, exceptions, 2 ** width);
    if (isDelta) addSteps(values, first, base);
    else if (base !== 0) for (let i = 0; i < count; i++) values[i]! += base;
    return values;
  };
};

const addExceptions = (values: Float64Array, { indices, highs }: Exceptions, factor: number) => {
  for (let i = 0; i < indices.length; i++) values[indices[i]!]! += highs[i]! * factor;
};

const addSteps = (values: Float64Array, first: number, base: number): void => {
  let value = first;
  values[0] = first;
  for (let i = 1; i < values.length; i++) {
    value += values[i]! + base;
    values[i] = value;
  }
};
