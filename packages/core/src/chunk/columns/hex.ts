import type { Buffer } from "node:buffer";
import type { ChunkSource } from "../chunk-source.ts";
import type { ChunkWriter } from "../chunk-writer.ts";
import { streams, stringEncodings } from "../layout.ts";

/** Strings that are lower-case hex digits, all of one even length, or UUIDs in lower case. */
export interface HexView {
  readonly kind: "hex" | "uuid";
  /** The bytes of all values, one after the other. */
  readonly bytes: Buffer;
  readonly bytesPerValue: number;
  at(index: number): string;
}

const hexDigitsMin = 8;
const hexDigitsMax = 128;
const hexShape = /^[0-9a-f]+$/;
const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const uuidLength = 36;
const uuidBytes = 16;

/** Joins the digits of all values; undefined when one of them is not like the first. */
const joinHex = (values: readonly string[]): string | undefined => {
  const { length } = values[0]!;
  let joined = "";
  for (const value of values) {
    if (value.length !== length) return undefined;
    joined += value;
  }
  return hexShape.test(joined) ? joined : undefined;
};

const joinUuids = (values: readonly string[]): string | undefined => {
  let joined = "";
  for (const value of values) {
    if (!uuidShape.test(value)) return undefined;
    joined += value;
  }
  return joined.replaceAll("-", "");
};

/** Writes the strings as bytes when all are hex digits; returns false, and writes nothing, when they are not. */
export const encodeHex = (
  values: readonly string[],
  { directory, packed }: ChunkWriter,
): boolean => {
  const first = values[0]!;
  const { length } = first;
  if (length === uuidLength && uuidShape.test(first)) {
    const joined = joinUuids(values);
    if (joined === undefined) return false;
    directory.byte(stringEncodings.uuid);
    packed.hex(joined);
    return true;
  }
  if (length < hexDigitsMin || length > hexDigitsMax || length % 2 === 1) return false;
  if (!hexShape.test(first)) return false;
  const joined = joinHex(values);
  if (joined === undefined) return false;
  directory.byte(stringEncodings.hex);
  directory.byte(length / 2);
  packed.hex(joined);
  return true;
};

const formatUuid = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;

/** Reads where `count` values are, and returns what gives access to them. */
export const openHex = (
  kind: "hex" | "uuid",
  source: ChunkSource,
  count: number,
): (() => HexView) => {
  const bytesPerValue = kind === "uuid" ? uuidBytes : source.directory.byte();
  const start = source.claim(streams.packed, count * bytesPerValue);
  return () => {
    const end = start + count * bytesPerValue;
    const bytes = source.stream(streams.packed).subarray(start, end);
    const digits = (index: number): string =>
      bytes.toString("hex", index * bytesPerValue, (index + 1) * bytesPerValue);
    const at = kind === "uuid" ? (index: number) => formatUuid(digits(index)) : digits;
    return { kind, bytes, bytesPerValue, at };
  };
};
