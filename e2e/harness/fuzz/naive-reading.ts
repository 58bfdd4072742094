import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from "node:zlib";
import type { Entry } from "@log-service/core";
import { isRawNumber, parseExactJson } from "../../../packages/contract/src/entry/exact-json.ts";
import { entrySchemaAt } from "../../../packages/contract/src/entry/schema.ts";

/** What of a request decides how its body is to be read. */
export interface Reading {
  readonly body: Uint8Array;
  readonly format: "json" | "ndjson" | "text";
  readonly encoding: string | undefined;
  readonly bodyBytesMax: number;
  readonly severity: string;
  readonly service: string | undefined;
  readonly requireTimestamp: boolean;
  readonly now: number;
}

/** What must become of a body. `unknown`: the plain reading cannot tell, so any clean answer will do. */
export type Expectation =
  | { readonly kind: "refused"; readonly codes: readonly string[] }
  | {
      readonly kind: "read";
      readonly entries: readonly Entry[];
      readonly rejectedCount: number;
      readonly isSingle: boolean;
    }
  | { readonly kind: "unknown" };

const refused = (...codes: string[]): Expectation => ({ kind: "refused", codes });

const decompressors: Record<string, (bytes: Uint8Array, options: object) => Uint8Array> = {
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
};

const decompress = ({ body, encoding = "", bodyBytesMax }: Reading): Uint8Array | undefined => {
  const decompressor = decompressors[encoding];
  return decompressor ? decompressor(body, { maxOutputLength: bodyBytesMax + 1 }) : body;
};

const withoutMark = (bytes: Uint8Array): Uint8Array =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;

const toText = (bytes: Uint8Array): string =>
  new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

/** The value, or undefined: JSON has no undefined. Numbers keep their digits. */
const parse = (text: string): unknown => {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return parseExactJson(text);
};

const entryBytesMax = 131_072;

/** Zod compares the `length` of what is no string too, and throws when that is an array of exact numbers. */
const parseWith = (schema: ReturnType<typeof entrySchemaAt>, value: unknown) => {
  try {
    return schema.safeParse(value);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
};

const judge = (reading: Reading) => {
  const schema = entrySchemaAt(reading.now, 0);
  return (value: unknown): Entry | undefined => {
    const outcome = parseWith(schema, value);
    if (!outcome?.success) return undefined;
    const { timestamp } = value as { timestamp?: unknown }; // the schema takes objects only
    if (reading.requireTimestamp && (timestamp === undefined || timestamp === null))
      return undefined;
    return outcome.data as Entry; // with a clock, the schema gives every entry a time
  };
};

const readJson = (reading: Reading, bytes: Uint8Array): Expectation => {
  let text: string;
  try {
    text = toText(withoutMark(bytes));
  } catch {
    return refused("BODY_INVALID");
  }
  if (/^[ \t\r\n]*$/.test(text)) return refused("BATCH_EMPTY");
  const value = parse(text);
  // Entries of an array are refused one by one for their size before it is known where the array ends.
  if (value === undefined) return refused("BODY_INVALID", "BATCH_TOO_LARGE");
  const isSingle = !Array.isArray(value);
  if (isSingle && (typeof value !== "object" || value === null || isRawNumber(value)))
    return refused("ENTRY_NOT_OBJECT");
  const values = isSingle ? [value] : value;
  if (values.length === 0) return refused("BATCH_EMPTY");
  if (values.length > 10_000) return refused("BATCH_TOO_LARGE");
  if (bytes.length > entryBytesMax) return { kind: "unknown" };
  const entries = values.map(judge(reading)).filter((entry) => entry !== undefined);
  return { kind: "read", entries, rejectedCount: values.length - entries.length, isSingle };
};

const splitLines = (bytes: Uint8Array): Uint8Array[] => {
  const lines: Uint8Array[] = [];
  let from = 0;
  while (from <= bytes.length) {
    const end = bytes.indexOf(10, from);
    const to = end === -1 ? bytes.length : end;
    const isReturn = to > from && bytes[to - 1] === 13;
    lines.push(bytes.subarray(from, isReturn ? to - 1 : to));
    from = to + 1;
  }
  const blanks: readonly number[] = [32, 9, 10, 13];
  return lines.filter((line) => !line.every((byte) => blanks.includes(byte)));
};

const readLines = (reading: Reading, bytes: Uint8Array): Expectation => {
  const lines = splitLines(withoutMark(bytes));
  if (lines.length === 0) return refused("BATCH_EMPTY");
  if (lines.length > 10_000) return refused("BATCH_TOO_LARGE");
  const { severity, service, format } = reading;
  const judged = judge(reading);
  const read = (line: Uint8Array): Entry | undefined => {
    let text: string;
    try {
      text = toText(line);
    } catch {
      return undefined;
    }
    if (format === "text") return judged({ severity, message: text, service });
    return line.length > entryBytesMax ? undefined : judged(parse(text));
  };
  const entries = lines.map(read).filter((entry) => entry !== undefined);
  return { kind: "read", entries, rejectedCount: lines.length - entries.length, isSingle: false };
};

/** Reads a body in the plainest way there is, with nothing of the ingest path. */
export const readNaively = (reading: Reading): Expectation => {
  if (reading.body.length > reading.bodyBytesMax) return refused("BODY_TOO_LARGE");
  try {
    const bytes = decompress(reading);
    if (bytes === undefined) return { kind: "unknown" };
    if (bytes.length > reading.bodyBytesMax) return refused("BODY_TOO_LARGE");
    return reading.format === "json" ? readJson(reading, bytes) : readLines(reading, bytes);
  } catch (error) {
    // Deep nesting ends the plain reading, and decompressing at one go differs from doing it as bytes arrive.
    if (error instanceof RangeError) return { kind: "unknown" };
    if (reading.encoding !== undefined) return { kind: "unknown" };
    throw error;
  }
};
