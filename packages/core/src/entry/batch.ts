import { Buffer } from "node:buffer";
import { type ErrorCode, LogServiceError, type Problem } from "../errors.ts";
import type { Fields } from "./attributes.ts";
import type { Entry, Severity } from "./entry.ts";
import { parseExact } from "./exact-number.ts";
import { describePlace, findJsonFault } from "./json-fault.ts";
import { limits, rejectedListed } from "./limits.ts";
import { createProblemList, describe, type ProblemList } from "./problem.ts";
import type { TimeRules } from "./time-rules.ts";
import { isObject, readEntry } from "./validate.ts";

/** What a batch is measured against, and what it lacks. */
export interface ParseContext extends TimeRules {
  /** For "text", whose lines carry neither. */
  readonly textDefaults?:
    | { readonly severity: Severity; readonly service: string | undefined }
    | undefined;
}

export interface RejectedEntry {
  /** The place in the batch, from 0; in NDJSON and text only lines that are not blank count. */
  readonly index: number;
  /** The code of the first problem. */
  readonly code: ErrorCode;
  readonly message: string;
  readonly problems: readonly Problem[];
}

export interface ParsedBatch {
  /** One JSON object was sent, not a batch of one. */
  readonly isSingle: boolean;
  /** What was accepted, in the order in which it was sent. */
  readonly entries: Entry[];
  readonly rejectedCount: number;
  /** The first of the rejected, at most `rejectedListed`. */
  readonly rejected: RejectedEntry[];
}

const entriesMax = limits.batchEntries.value;
const entryBytesMax = limits.entryBytes.value;

const toRejected = (index: number, { problems, total }: ProblemList): RejectedEntry => {
  const first = problems[0] as Problem; // the list is not empty
  const more = total - 1;
  const message =
    more === 0
      ? first.message
      : `${first.message} (and ${more} more problem${more > 1 ? "s" : ""})`;
  return { index, code: first.code, message, problems };
};

/** Gathers a batch entry by entry. */
export class BatchCollector {
  readonly #context: ParseContext;
  readonly #entries: Entry[] = [];
  readonly #rejected: RejectedEntry[] = [];
  #count = 0;
  /** Empty between entries; a new one is made only after an entry has filled it. */
  #problems = createProblemList();

  constructor(context: ParseContext) {
    this.#context = context;
  }

  /** Takes an entry as it was parsed. */
  add(value: unknown): void {
    if (!isObject(value)) {
      const message = `the entry is ${describe(value)}; it must be a JSON object`;
      this.reject("ENTRY_NOT_OBJECT", message);
      return;
    }
    this.#take(value);
  }

  /** Takes an entry as JSON text. Returns false, and counts nothing, when it is not JSON. */
  addText(text: string, isSuspicious: boolean): boolean {
    if (this.#isTooLarge(text)) return true;
    let value: unknown;
    try {
      value = isSuspicious ? parseExact(text) : JSON.parse(text);
    } catch {
      return false;
    }
    this.add(value);
    return true;
  }

  /** Takes a line of a text log. */
  addLine(line: string): void {
    const { severity, service } = this.#context.textDefaults ?? { severity: "info" };
    this.#take({ severity, message: line, service });
  }

  rejectNotJson(text: string): void {
    const fault = findJsonFault(text) ?? { offset: 0, message: "it cannot be parsed" };
    this.reject("ENTRY_NOT_JSON", `not JSON at column ${fault.offset + 1}: ${fault.message}`);
  }

  reject(code: ErrorCode, message: string): void {
    this.#begin();
    this.#problems.problems.push({ path: "", code, message });
    this.#problems.total += 1;
    this.#refuse();
  }

  finish(isSingle: boolean): ParsedBatch {
    if (this.#count === 0) throw new LogServiceError("BATCH_EMPTY", "the body has no entry");
    const rejectedCount = this.#count - this.#entries.length;
    return { isSingle, entries: this.#entries, rejectedCount, rejected: this.#rejected };
  }

  #take(fields: Fields): void {
    this.#begin();
    const entry = readEntry(fields, this.#context, this.#problems);
    if (this.#problems.total === 0) this.#entries.push(entry);
    else this.#refuse();
  }

  #begin(): void {
    if (this.#count >= entriesMax) {
      const message = `the batch has more than ${entriesMax} entries, which is the limit`;
      throw new LogServiceError("BATCH_TOO_LARGE", message);
    }
    this.#count += 1;
  }

  #refuse(): void {
    if (this.#rejected.length < rejectedListed) {
      this.#rejected.push(toRejected(this.#count - 1, this.#problems));
    }
    this.#problems = createProblemList();
  }

  /** Measures the JSON text of an entry as it was sent: it bounds what parsing and flattening can cost. */
  #isTooLarge(text: string): boolean {
    if (text.length * 3 <= entryBytesMax) return false;
    const bytes = Buffer.byteLength(text);
    if (bytes <= entryBytesMax) return false;
    this.reject("ENTRY_TOO_LARGE", `the entry is ${bytes} bytes; the limit is ${entryBytesMax}`);
    return true;
  }
}

/** The refusal of a whole body that is not JSON. `from` is where the part of `text` begins that has the fault. */
export const createBodyFault = (text: string, from: number, part: string): LogServiceError => {
  const fault = findJsonFault(part) ?? { offset: part.length, message: "expected the end" };
  const place = describePlace(text, from + fault.offset);
  return new LogServiceError("BODY_INVALID", `the body is not JSON at ${place}: ${fault.message}`);
};
