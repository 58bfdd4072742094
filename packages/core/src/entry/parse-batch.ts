import { isAscii } from "node:buffer";
import { LogServiceError } from "../errors.ts";
import { BatchCollector, type ParseContext, type ParsedBatch } from "./batch.ts";
import { parseJsonBody } from "./json-body.ts";
import { isBlank } from "./json-text.ts";
import { createLongNumberFinder } from "./long-number.ts";

/** `json`: one object, or an array of them. `ndjson`: an object a line. `text`: an entry a line. */
export type BatchFormat = "json" | "ndjson" | "text";

const newline = 10;
const carriageReturn = 13;

/** Decodes UTF-8; undefined when it is not. */
const decodeUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** Calls `visit` with each line that is not blank, without its line end. */
const forEachLine = (text: string, visit: (from: number, to: number) => void): void => {
  let from = 0;
  while (from < text.length) {
    const found = text.indexOf("\n", from);
    const end = found < 0 ? text.length : found;
    const to = end > from && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;
    if (!isBlank(text, from, to)) visit(from, to);
    from = end + 1;
  }
};

/** `bytes` are those that the text was decoded from. */
const parseLines = (
  text: string,
  bytes: Uint8Array,
  format: BatchFormat,
  batch: BatchCollector,
): void => {
  if (format === "text") {
    forEachLine(text, (from, to) => batch.addLine(text.slice(from, to)));
    return;
  }
  const hasLongNumber = createLongNumberFinder(text, isAscii(bytes) ? bytes : undefined);
  forEachLine(text, (from, to) => {
    const line = text.slice(from, to);
    if (!batch.addJson(line, hasLongNumber(from, to))) batch.rejectNotJson(line);
  });
};

/** The place of the first byte that is not UTF-8, from 0. */
const findBrokenByte = (bytes: Uint8Array): number => {
  const encoder = new TextEncoder();
  let at = 0;
  for (const character of new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)) {
    // U+FFFD stands for a broken sequence, unless it was sent as such: EF BF BD.
    if (character === "\ufffd" && !(bytes[at] === 0xef && bytes[at + 1] === 0xbf)) return at;
    at += encoder.encode(character).length;
  }
  return at;
};

/** Lines are decoded in pieces of about this size: pieces stay in the processor's cache, and in young memory. */
const pieceBytes = 64 * 1024;

/** The end of the piece that begins at `from`: behind a line end, unless it is the last. */
const endOfPiece = (body: Uint8Array, from: number, size: number): number => {
  if (body.length - from <= size) return body.length;
  const last = body.lastIndexOf(newline, from + size - 1);
  const end = last >= from ? last : body.indexOf(newline, from + size);
  return end < 0 ? body.length : end + 1;
};

/** A fault in the encoding costs only the lines that have it. */
const parsePieces = (
  body: Uint8Array,
  format: BatchFormat,
  batch: BatchCollector,
  size: number,
): void => {
  let from = 0;
  while (from < body.length) {
    const end = endOfPiece(body, from, size);
    const piece = body.subarray(from, end);
    const text = decodeUtf8(piece);
    if (text !== undefined) parseLines(text, piece, format, batch);
    else if (size > 1) parsePieces(piece, format, batch, 1);
    else
      batch.reject("ENTRY_NOT_UTF8", `the line is not UTF-8 at byte ${findBrokenByte(piece) + 1}`);
    from = end;
  }
};

const hasByteOrderMark = (body: Uint8Array): boolean =>
  body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;

/**
 * Parses and validates a body, already inflated. What is wrong with one entry is told of that entry; throws
 * BODY_INVALID, ENTRY_NOT_OBJECT, BATCH_EMPTY or BATCH_TOO_LARGE when the body as a whole cannot be used.
 */
export const parseBatch = (
  body: Uint8Array,
  format: BatchFormat,
  context: ParseContext,
): ParsedBatch => {
  const batch = new BatchCollector(context);
  const content = hasByteOrderMark(body) ? body.subarray(3) : body;
  if (format !== "json") {
    parsePieces(content, format, batch, pieceBytes);
    return batch.finish(false);
  }
  const text = decodeUtf8(content);
  if (text !== undefined) return parseJsonBody(text, batch);
  const place = findBrokenByte(content) + 1 + body.length - content.length;
  throw new LogServiceError("BODY_INVALID", `the body is not UTF-8 at byte ${place}`);
};
