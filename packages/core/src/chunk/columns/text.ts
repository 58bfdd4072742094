import type { Buffer } from "node:buffer";
import type { ByteWriter } from "../byte-writer.ts";
import type { ChunkSource } from "../chunk-source.ts";
import type { ChunkWriter } from "../chunk-writer.ts";
import { corrupt } from "../corrupt.ts";
import { type streams, textForms } from "../layout.ts";
import { once } from "../once.ts";
import { readText, type TextForm, toTextForm, writeWtf8 } from "../wtf8.ts";
import { encodeIntegers, openIntegers } from "./integers.ts";

/** Strings as text: their bytes one after the other, to be searched as a whole. */
export interface TextView {
  readonly kind: "text";
  readonly form: TextForm;
  readonly bytes: Buffer;
  /** `offsets[i]` to `offsets[i + 1]` are the bytes of value i. */
  readonly offsets: Uint32Array;
  at(index: number): string;
}

/** Writes each string on its own, and returns the form; fills in how many bytes each took. */
const writeEach = (values: readonly string[], lengths: Float64Array, out: ByteWriter): TextForm => {
  let form: TextForm = textForms.utf8;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!value.isWellFormed()) form = textForms.wtf8;
    lengths[i] = writeWtf8(value, out);
  }
  return form;
};

export interface WrittenText {
  readonly form: TextForm;
  /** How many bytes each string took. */
  readonly lengths: Float64Array;
}

/** Writes strings of any content one after the other. */
export const writeText = (values: readonly string[], out: ByteWriter): WrittenText => {
  const lengths = new Float64Array(values.length);
  let joined = "";
  for (let i = 0; i < values.length; i++) {
    joined += values[i]!;
    lengths[i] = values[i]!.length;
  }
  const start = out.length;
  if (out.utf8(joined) === joined.length) return { form: textForms.ascii, lengths };
  out.length = start;
  return { form: writeEach(values, lengths, out), lengths };
};

/** Writes one or more strings of any content. */
export const encodeText = (
  values: readonly string[],
  writer: ChunkWriter,
  out: ByteWriter,
): void => {
  const start = out.length;
  const { form, lengths } = writeText(values, out);
  writer.directory.byte(form);
  writer.directory.varint(out.length - start);
  encodeIntegers(lengths, values.length, writer);
};

/** Where each string begins in their text, and where the last one ends. */
export const sumUp = (lengths: Float64Array): Uint32Array => {
  const offsets = new Uint32Array(lengths.length + 1);
  let offset = 0;
  for (let i = 0; i < lengths.length; i++) {
    offset += lengths[i]!;
    offsets[i + 1] = offset;
  }
  return offsets;
};

/** Reads where `count` strings are in the stream, and returns what gives access to them. */
export const openText = (
  source: ChunkSource,
  count: number,
  stream: typeof streams.strings | typeof streams.messages,
): (() => TextView) => {
  const { directory } = source;
  const form = toTextForm(directory.byte());
  const length = directory.varint();
  const start = source.claim(stream, length);
  const openLengths = openIntegers(source, count);
  return () => {
    const offsets = once(() => {
      const sums = sumUp(openLengths());
      if (sums[count] !== length)
        throw corrupt("the lengths of strings are not those of their text");
      return sums;
    });
    const bytes = once(() => source.stream(stream).subarray(start, start + length));
    const at = (index: number): string =>
      readText(bytes(), offsets()[index]!, offsets()[index + 1]!, form);
    return {
      kind: "text",
      form,
      get bytes() {
        return bytes();
      },
      get offsets() {
        return offsets();
      },
      at,
    };
  };
};
