import { LogServiceError } from "../errors.ts";
import { BatchCollector, type ParseContext, type ParsedBatch } from "./batch.ts";
import { createSuspicion } from "./exact-number.ts";
import { parseJsonBody } from "./json-body.ts";
import { isBlank } from "./json-text.ts";

/** `json`: one object, or an array of them. `ndjson`: an object a line. `text`: an entry a line. */
export type BatchFormat = "json" | "ndjson" | "text";

const newline = 10;
const carriageReturn = 13;

/** Decodes the whole body; undefined when it is not UTF-8. A byte order mark in front is dropped. */
const decodeUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
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

const parseLines = (text: string, format: BatchFormat, batch: BatchCollector): void => {
  if (format === "text") {
    forEachLine(text, (from, to) => batch.addLine(text.slice(from, to)));
    return;
  }
  const isSuspicious = createSuspicion(text);
  forEachLine(text, (from, to) => {
    const line = text.slice(from, to);
    if (!batch.addText(line, isSuspicious(from, to))) batch.rejectNotJson(line);
  });
};

const byteOrderMark = [0xef, 0xbb, 0xbf] as const;

const rejectBrokenLine = (line: Uint8Array, batch: BatchCollector): void => {
  const at = findBrokenByte(line);
  batch.reject("ENTRY_NOT_UTF8", `the line is not UTF-8 at byte ${at + 1}`);
};

/** The place of the first byte that is not UTF-8, from 0, by halving: a prefix is good or has the fault. */
const findBrokenByte = (bytes: Uint8Array): number => {
  const replacing = new TextDecoder("utf-8", { ignoreBOM: true });
  let good = 0;
  for (const character of replacing.decode(bytes)) {
    const size = new TextEncoder().encode(character).length;
    const isReplacement = character === "\ufffd" && bytes[good] !== 0xef;
    if (isReplacement) return good;
    good += size;
  }
  return good;
};

/** A body with a fault in it costs only the lines that have it. */
const parseBrokenLines = (body: Uint8Array, format: BatchFormat, batch: BatchCollector): void => {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const hasMark = byteOrderMark.every((byte, index) => body[index] === byte);
  let from = hasMark ? byteOrderMark.length : 0;
  while (from < body.length) {
    const found = body.indexOf(newline, from);
    const end = found < 0 ? body.length : found;
    const line = body.subarray(from, end);
    let text: string | undefined;
    try {
      text = decoder.decode(line);
    } catch {
      rejectBrokenLine(line, batch);
    }
    if (text !== undefined) parseLines(text, format, batch);
    from = end + 1;
  }
};

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
  const text = decodeUtf8(body);
  if (format === "json") {
    if (text !== undefined) return parseJsonBody(text, batch);
    const place = `byte ${findBrokenByte(body) + 1}`;
    throw new LogServiceError("BODY_INVALID", `the body is not UTF-8 at ${place}`);
  }
  if (text === undefined) parseBrokenLines(body, format, batch);
  else parseLines(text, format, batch);
  return batch.finish(false);
};
