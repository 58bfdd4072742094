import type { ChunkSource } from "../chunk-source.ts";
import type { ChunkWriter } from "../chunk-writer.ts";
import { corrupt } from "../corrupt.ts";
import { numbersAreFloat64, streams } from "../layout.ts";
import { areIntegers, encodeIntegers, openIntegers } from "./integers.ts";

const decimalsMax = 6;

/** Finds how many decimals all numbers have; undefined when that is too many, or does not give them back exactly. */
const decimalsOf = (values: Float64Array, count: number): number | undefined => {
  let decimals = 1;
  let factor = 10;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    while (Math.round(value * factor) / factor !== value) {
      if (decimals === decimalsMax) return undefined;
      decimals++;
      factor *= 10;
    }
  }
  return decimals;
};

/** Multiplies all numbers by 10^decimals; returns false when the results do not give them back. */
const scale = (values: Float64Array, count: number, decimals: number): boolean => {
  const factor = 10 ** decimals;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    const scaled = Math.round(value * factor);
    // A number with fewer decimals may be rounded by the larger factor.
    if (scaled / factor !== value) return false;
    values[i] = scaled;
  }
  return areIntegers(values, count);
};

/** Writes one or more finite numbers; each comes back bit for bit, the sign of 0 included. */
export const encodeNumbers = (numbers: readonly number[], writer: ChunkWriter): void => {
  const count = numbers.length;
  const values = writer.numbers(count);
  values.set(numbers);
  const isInteger = areIntegers(values, count);
  const decimals = isInteger ? 0 : decimalsOf(values, count);
  if (decimals !== undefined && (isInteger || scale(values, count, decimals))) {
    writer.directory.byte(decimals);
    encodeIntegers(values, count, writer);
    return;
  }
  writer.directory.byte(numbersAreFloat64);
  for (const value of numbers) writer.packed.float64(value);
};

/** Reads where `count` numbers are, and returns what decodes them. */
export const openNumbers = (source: ChunkSource, count: number): (() => Float64Array) => {
  const decimals = source.directory.byte();
  if (decimals === numbersAreFloat64) {
    const start = source.claim(streams.packed, count * 8);
    return () => {
      const values = source.numbers(count);
      const packed = source.stream(streams.packed);
      for (let i = 0; i < count; i++) values[i] = packed.readDoubleLE(start + i * 8);
      return values;
    };
  }
  if (decimals > decimalsMax) throw corrupt("numbers are stored in an unknown way");
  const open = openIntegers(source, count);
  if (decimals === 0) return open;
  const factor = 10 ** decimals;
  return () => {
    const values = open();
    for (let i = 0; i < count; i++) values[i]! /= factor;
    return values;
  };
};
