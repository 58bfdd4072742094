import { LogServiceError } from "../errors.ts";
import { type BatchCollector, createBodyFault, type ParsedBatch } from "./batch.ts";
import { createLongNumberFinder } from "./exact-number.ts";
import { findJsonFault } from "./json-fault.ts";
import { endOfValue, skipSpace } from "./json-text.ts";
import { describeValue } from "./quote.ts";

/** Takes the entries of `[...]` one by one, so that a batch that is too large costs no more than its first part. */
const parseArray = (text: string, start: number, batch: BatchCollector): void => {
  const hasLongNumber = createLongNumberFinder(text);
  let at = skipSpace(text, start + 1);
  let isEmpty = text.charAt(at) === "]";
  while (!isEmpty) {
    const end = endOfValue(text, at);
    const element = end < 0 ? "" : text.slice(at, end);
    if (end < 0 || !batch.addJson(element, hasLongNumber(at, end))) {
      throw createBodyFault(text, at, end < 0 ? text.slice(at) : element);
    }
    const next = skipSpace(text, end);
    const delimiter = text.charAt(next);
    if (delimiter !== ",") {
      if (delimiter !== "]") throw createBodyFault(text, start, text.slice(start));
      at = next;
      isEmpty = true;
    } else {
      at = skipSpace(text, next + 1);
    }
  }
  if (skipSpace(text, at + 1) < text.length) {
    throw createBodyFault(text, start, text.slice(start));
  }
};

const parseObject = (text: string, start: number, batch: BatchCollector): void => {
  const end = endOfValue(text, start);
  const behind = end < 0 ? text.length : skipSpace(text, end);
  if (text.charAt(behind) === "{") {
    const message =
      "the body is one JSON object after another; send it with content type application/x-ndjson";
    throw new LogServiceError("BODY_INVALID", message);
  }
  const element = text.slice(start, end);
  const isJson =
    end > 0 &&
    behind === text.length &&
    batch.addJson(element, createLongNumberFinder(text)(start, end));
  if (!isJson) throw createBodyFault(text, start, text.slice(start));
};

/** Parses a body of JSON: an object is one entry, an array is a batch. */
export const parseJsonBody = (text: string, batch: BatchCollector): ParsedBatch => {
  const start = skipSpace(text, 0);
  const first = text.charAt(start);
  if (first === "[") parseArray(text, start, batch);
  else if (first === "{") parseObject(text, start, batch);
  else if (first !== "") {
    if (findJsonFault(text) !== undefined) throw createBodyFault(text, 0, text);
    const message = `the body is ${describeValue(JSON.parse(text))}; it must be a JSON object or an array of them`;
    throw new LogServiceError("ENTRY_NOT_OBJECT", message);
  }
  return batch.finish(first === "{");
};
