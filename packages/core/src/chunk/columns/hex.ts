import type { Buffer } from "node:buffer";
import type { ChunkSource } from "../chunk-source.ts";
import type { ChunkWriter } from "../chunk-writer.ts";
import { streams, stringEncodings, uuidBytes } from "../layout.ts";
import { once } from "../once.ts";
import { readString, writeString } from "../wtf8.ts";

/**
 * Strings that are an even number of hex digits in lower case, as many in all, behind a prefix that all share, as in
 * `m-0123456789abcdef`; or UUIDs in lower case.
 */
export interface HexView {
  readonly kind: "hex" | "uuid";
  /** Empty for UUIDs. */
  readonly prefix: string;
  /** The bytes of all values, one after the other. */
  readonly bytes: Buffer;
  readonly bytesPerValue: number;
  at(index: number): string;
}

const hexDigitsMin = 8;
const hexDigitsMax = 128;
const hexEnd = /[0-9a-f]*$/;
const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const uuidLength = 36;

/** Joins the digits of all values; undefined when one has another length or prefix than the first. */
const joinDigits = (values: readonly string[], prefix: string): string | undefined => {
  const { length } = values[0]!;
  let joined = "";
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value.length !== length || !value.startsWith(prefix)) return undefined;
    joined += prefix === "" ? value : value.slice(prefix.length);
  }
  return joined === joined.toLowerCase() ? joined : undefined;
};

const joinUuids = (values: readonly string[]): string | undefined => {
  let joined = "";
  for (let i = 0; i < values.length; i++) {
    if (!uuidShape.test(values[i]!)) return undefined;
    joined += values[i]!;
  }
  return joined.replaceAll("-", "");
};

/** Writes the strings as bytes when all are hex digits; returns false, and writes nothing, when they are not. */
export const encodeHex = (values: readonly string[], writer: ChunkWriter): boolean => {
  const { directory, packed } = writer;
  const first = values[0]!;
  if (first.length === uuidLength && uuidShape.test(first)) {
    const joined = joinUuids(values);
    if (joined === undefined || !packed.hex(joined)) return false;
    directory.byte(stringEncodings.uuid);
    return true;
  }
  const digits = first.length - first.search(hexEnd);
  if (digits < hexDigitsMin || digits > hexDigitsMax || digits % 2 === 1) return false;
  const prefix = first.slice(0, first.length - digits);
  const joined = joinDigits(values, prefix);
  if (joined === undefined || !packed.hex(joined)) return false;
  directory.byte(stringEncodings.hex);
  writeString(prefix, directory);
  directory.byte(digits / 2);
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
  const prefix = kind === "uuid" ? "" : readString(source.directory);
  const bytesPerValue = kind === "uuid" ? uuidBytes : source.directory.byte();
  const start = source.claim(streams.packed, count * bytesPerValue);
  return () => {
    const end = start + count * bytesPerValue;
    const bytes = once(() => source.stream(streams.packed).subarray(start, end));
    const digits = (index: number): string =>
      bytes().toString("hex", index * bytesPerValue, (index + 1) * bytesPerValue);
    const at =
      kind === "uuid"
        ? (index: number) => formatUuid(digits(index))
        : (index: number) => prefix + digits(index);
    return {
      kind,
      prefix,
      get bytes() {
        return bytes();
      },
      bytesPerValue,
      at,
    };
  };
};
