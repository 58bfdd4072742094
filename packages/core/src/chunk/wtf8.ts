import { Buffer } from "node:buffer";
import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { corrupt } from "./corrupt.ts";
import { textForms } from "./layout.ts";

/**
 * Text as bytes. Strings of JavaScript may hold lone surrogates, which UTF-8 cannot say; they are written as if they
 * were characters, in three bytes (WTF-8), and only then the slow way back is taken.
 */

export type TextForm = (typeof textForms)[keyof typeof textForms];

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;

/** Writes a string of any content and returns how many bytes it took. */
export const writeWtf8 = (text: string, out: ByteWriter): number => {
  if (text.isWellFormed()) return out.utf8(text);
  const start = out.length;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i)!;
    if (code > 0xffff) i++;
    if (!isSurrogate(code)) continue;
    out.utf8(text.slice(from, i));
    out.byte(0xe0 | (code >> 12));
    out.byte(0x80 | ((code >> 6) & 0x3f));
    out.byte(0x80 | (code & 0x3f));
    from = i + 1;
  }
  out.utf8(text.slice(from));
  return out.length - start;
};

/** A surrogate is ED, then A0..BF, then a third byte. */
const isSurrogateAt = (bytes: Buffer, index: number): boolean =>
  bytes[index] === 0xed && (bytes[index + 1] ?? 0) >= 0xa0;

const readWtf8 = (bytes: Buffer, start: number, end: number): string => {
  let text = "";
  let from = start;
  for (let i = start; i < end; i++) {
    if (!isSurrogateAt(bytes, i)) continue;
    text += bytes.toString("utf8", from, i);
    text += String.fromCharCode(0xd000 | ((bytes[i + 1]! & 0x3f) << 6) | (bytes[i + 2]! & 0x3f));
    from = i + 3;
    i += 2;
  }
  return text + bytes.toString("utf8", from, end);
};

export const readText = (bytes: Buffer, start: number, end: number, form: TextForm): string => {
  if (form === textForms.ascii) return bytes.toString("latin1", start, end);
  return form === textForms.utf8 ? bytes.toString("utf8", start, end) : readWtf8(bytes, start, end);
};

/** Writes a single string: its length in bytes, with its form in the lowest two bits, then its bytes. */
export const writeString = (text: string, out: ByteWriter): void => {
  const form = text.isWellFormed() ? textForms.utf8 : textForms.wtf8;
  // A lone surrogate counts three bytes here too: those of U+FFFD.
  out.varint(Buffer.byteLength(text) * 4 + form);
  writeWtf8(text, out);
};

/** Writes a part of text that is UTF-8 already, as `writeString` writes a string. */
export const writeUtf8 = (bytes: Buffer, start: number, end: number, out: ByteWriter): void => {
  out.varint((end - start) * 4 + textForms.utf8);
  const target = out.reserve(end - start);
  for (let i = start; i < end; i++) target[out.length++] = bytes[i]!;
};

export const readString = (reader: ByteReader): string => {
  const head = reader.varint();
  const start = reader.skip(Math.floor(head / 4));
  return readText(reader.buffer, start, reader.position, toTextForm(head % 4));
};

export const toTextForm = (value: number): TextForm => {
  if (value === textForms.ascii || value === textForms.utf8 || value === textForms.wtf8)
    return value;
  throw corrupt("text has an unknown form");
};
