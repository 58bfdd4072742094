import { LogServiceError } from "../errors.ts";
import { type BatchCollector, createBodyFault, type ParsedBatch } from "./batch.ts";
import { findJsonFault } from "./json-fault.ts";
import { endOfValue, skipSpace } from "./json-text.ts";
import { createLongNumberFinder } from "./long-number.ts";
import { describeValue } from "./quote.ts";

/** Takes the entries of `[...]` one by one, so that a batch that is too large costs no more than its first part. */
const parseArray = (text: string, start: number, batch: BatchCollector): void => {
  const hasLongNumber = createLongNumberFinder(text);
  let at = skipSpace(text, start + 1);
  let before: "[" | "[0," = "[";
  let isOpen = text.charAt(at) !== "]";
  while (isOpen) {
    const end = endOfValue(text, at);
    const isTaken = end > at && batch.addJson(text.slice(at, end), hasLongNumber(at, end));
    const next = isTaken ? skipSpace(text, end) : at;
    const delimiter = text.charAt(next);
    if (!isTaken || (delimiter !== "," && delimiter !== "]")) {
      throw createBodyFault(text, at, before);
    }
    isOpen = delimiter === ",";
    at = isOpen ? skipSpace(text, next + 1) : next;
    before = "[0,";
  }
  if (skipSpace(text, at + 1) < text.length) throw createBodyFault(text, at, "[0");
};

const parseObject = (text: string, start: number, batch: BatchCollector): void => {
  const end = endOfValue(text, start);
  const behind = end < 0 ? text.length : skipSpace(text, end);
  if (text.charAt(behind) === "{") {
    const message =
      "the body is one JSON object after another; send it with content type application/x-ndjson";
    throw new LogServiceError("BODY_INVALID", message);
  }
  const isWhole = end > start && behind === text.length;
  const element = text.slice(start, end);
  if (!isWhole || !batch.addJson(element, createLongNumberFinder(text)(start, end))) {
    throw createBodyFault(text, start);
  }
};

/** Parses a body of JSON: an object is one entry, an array is a batch. */
export const parseJsonBody = (text: string, batch: BatchCollector): ParsedBatch => {
  const start = skipSpace(text, 0);
  const first = text.charAt(start);
  if (first === "[") parseArray(text, start, batch);
  else if (first === "{") parseObject(text, start, batch);
  else if (first !== "") {
    if (findJsonFault(text) !== undefined) throw createBodyFault(text, 0);
    const message = `the body is ${describeValue(JSON.parse(text))}; it must be a JSON object or an array of them`;
    throw new LogServiceError("ENTRY_NOT_OBJECT", message);
  }
  return batch.finish(first === "{");
};
