import type { ChunkSource } from "../chunk-source.ts";
import type { ChunkWriter } from "../chunk-writer.ts";
import { corrupt } from "../corrupt.ts";
import { numbersAreFloat64, streams } from "../layout.ts";
import { areIntegers, encodeIntegers, openIntegers } from "./integers.ts";

const decimalsMax = 6;

/** Finds how many decimals all numbers have; undefined when that is too many, or does not give them back exactly. */
const decimalsOf = (values: readonly number[]): number | undefined => {
  let decimals = 1;
  let factor = 10;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    while (Math.round(value * factor) / factor !== value) {
      if (decimals === decimalsMax) return undefined;
      decimals++;
      factor *= 10;
    }
  }
  return decimals;
};

/** The numbers times 10^decimals, as integers; undefined where that does not give them back. */
const scale = (
  values: readonly number[],
): { scaled: Float64Array; decimals: number } | undefined => {
  const decimals = decimalsOf(values);
  if (decimals === undefined) return undefined;
  const factor = 10 ** decimals;
  const scaled = Float64Array.from(values, (value) => Math.round(value * factor));
  // A number that had fewer decimals may have been rounded by the larger factor.
  const isExact = values.every((value, i) => scaled[i]! / factor === value);
  return isExact && areIntegers(scaled) ? { scaled, decimals } : undefined;
};

/** Writes one or more finite numbers; each comes back bit for bit, the sign of 0 included. */
export const encodeNumbers = (values: readonly number[], writer: ChunkWriter): void => {
  const integers = areIntegers(values) ? { scaled: values, decimals: 0 } : scale(values);
  writer.directory.byte(integers?.decimals ?? numbersAreFloat64);
  if (integers !== undefined) encodeIntegers(integers.scaled, writer);
  else for (const value of values) writer.packed.float64(value);
};

/** Reads where `count` numbers are, and returns what decodes them. */
export const openNumbers = (source: ChunkSource, count: number): (() => Float64Array) => {
  const decimals = source.directory.byte();
  if (decimals === numbersAreFloat64) {
    const start = source.claim(streams.packed, count * 8);
    return () => {
      const values = new Float64Array(count);
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
