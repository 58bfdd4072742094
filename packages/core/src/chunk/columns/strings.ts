import type { ChunkSource } from "../chunk-source.ts";
import type { ChunkWriter } from "../chunk-writer.ts";
import { corrupt } from "../corrupt.ts";
import { streams, stringEncodings } from "../layout.ts";
import { once } from "../once.ts";
import { readString, writeString } from "../wtf8.ts";
import { type AffixedView, encodeAffixed, openAffixed } from "./affixed.ts";
import { buildDictionary } from "./dictionary.ts";
import { encodeHex, type HexView, openHex } from "./hex.ts";
import { encodeIntegers, openIntegers } from "./integers.ts";
import { encodeText, openText, type TextView } from "./text.ts";

export interface ConstantView {
  readonly kind: "constant";
  readonly value: string;
  at(index: number): string;
}

export interface DictionaryView {
  readonly kind: "dictionary";
  /** The distinct strings, each once; made when they are asked for. */
  readonly values: readonly string[];
  /** The same as they are stored, so that a filter need not make strings of them either. */
  readonly distinct: DistinctView;
  readonly distinctCount: number;
  /** Of each value its index in `values`. */
  readonly codes: Float64Array;
  at(index: number): string;
}

/** Strings that are stored one by one. */
export type DistinctView = HexView | AffixedView | TextView;

/** The strings of a column as they are stored, so that a filter need not make strings of all of them. */
export type StringsView = ConstantView | DictionaryView | DistinctView;

/** Which stream the text of a column goes to. */
export type TextStream = "strings" | "messages";

/** Writes one or more strings in the first encoding that fits them. */
export const encodeStrings = (
  values: readonly string[],
  writer: ChunkWriter,
  stream: TextStream,
): void => {
  const { directory } = writer;
  const first = values[0]!;
  if (values.every((value) => value === first)) {
    directory.byte(stringEncodings.constant);
    writeString(first, directory);
    return;
  }
  const dictionary = buildDictionary(values);
  if (dictionary === undefined) {
    encodeDistinct(values, writer, stream);
    return;
  }
  directory.byte(stringEncodings.dictionary);
  directory.varint(dictionary.values.length);
  encodeDistinct(dictionary.values, writer, stream);
  encodeIntegers(dictionary.codes, values.length, writer);
};

const encodeDistinct = (
  values: readonly string[],
  writer: ChunkWriter,
  stream: TextStream,
): void => {
  if (encodeHex(values, writer) || encodeAffixed(values, writer)) return;
  writer.directory.byte(stringEncodings.text);
  encodeText(values, writer, writer[stream]);
};

/** Reads where the strings are, and returns what gives access to them. */
export const openStrings = (
  source: ChunkSource,
  count: number,
  stream: TextStream,
): (() => StringsView) => {
  const { directory } = source;
  const encoding = directory.byte();
  if (encoding === stringEncodings.constant) {
    const value = readString(directory);
    return () => ({ kind: "constant", value, at: () => value });
  }
  if (encoding !== stringEncodings.dictionary) return openDistinct(encoding, source, count, stream);
  const distinct = directory.varint();
  const openValues = openDistinct(directory.byte(), source, distinct, stream);
  const openCodes = openIntegers(source, count);
  return () => {
    const view = openValues();
    const codes = once(openCodes);
    const made: (string | undefined)[] = new Array(distinct).fill(undefined);
    const lookUp = (code: number): string => {
      const known = made[code];
      if (known !== undefined) return known;
      if (!(code < distinct)) throw corrupt("a code is not in its dictionary");
      const value = view.at(code);
      made[code] = value;
      return value;
    };
    return {
      kind: "dictionary",
      get values() {
        return Array.from(made, (_, code) => lookUp(code));
      },
      distinct: view,
      distinctCount: distinct,
      get codes() {
        return codes();
      },
      at: (index) => lookUp(codes()[index]!),
    };
  };
};

const openDistinct = (
  encoding: number,
  source: ChunkSource,
  count: number,
  stream: TextStream,
): (() => DistinctView) => {
  if (encoding === stringEncodings.hex) return openHex("hex", source, count);
  if (encoding === stringEncodings.uuid) return openHex("uuid", source, count);
  if (encoding === stringEncodings.affixed) return openAffixed(source, count);
  if (encoding === stringEncodings.text) return openText(source, count, streams[stream]);
  throw corrupt("strings are stored in an unknown way");
};
