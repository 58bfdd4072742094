import { Buffer } from "node:buffer";
import { type ErrorCode, LogServiceError, type Problem } from "../errors.ts";
import { createRedactor, type Redactor } from "../redact/redactor.ts";
import type { RedactionRules } from "../redact/rules.ts";
import type { Entry, Severity } from "./entry.ts";
import { mayHoldExtreme, parseExact } from "./exact-number.ts";
import type { Findings } from "./findings.ts";
import { describePlace, findJsonFault } from "./json-fault.ts";
import { limits, rejectedListed } from "./limits.ts";
import { describeValue } from "./quote.ts";
import { EntryReader, isObject } from "./read-entry.ts";
import type { TimeRules } from "./time-rules.ts";

/** What a batch is measured against, and what it lacks. */
export interface ParseContext extends TimeRules {
  /** For "text", whose lines carry neither. */
  readonly textDefaults?:
    | { readonly severity: Severity; readonly service: string | undefined }
    | undefined;
  /** What is taken out of entries, and out of what is said about them. */
  readonly redaction?: RedactionRules | undefined;
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

/** For what `JSON.parse` refuses and `findJsonFault` does not: by their tests there is none. */
const unknownFault = { offset: 0, message: "it cannot be parsed" };

const toRejected = (index: number, findings: Findings): RejectedEntry => {
  const { problems, total } = findings;
  const first = problems[0] as Problem; // the list is not empty
  const more = total - 1;
  const message =
    more === 0
      ? first.message
      : `${first.message} (and ${more} more problem${more > 1 ? "s" : ""})`;
  return { index, code: first.code, message, problems };
};

/** What an answer says of a refused entry must not repeat what would have been taken out of it. */
const redacted = (rejected: RejectedEntry, { refusal }: Redactor): RejectedEntry => ({
  ...rejected,
  message: refusal(rejected.message),
  problems: rejected.problems.map(({ path, code, message }) => ({
    path: refusal(path),
    code,
    message: refusal(message),
  })),
});

/** Gathers a batch entry by entry. */
export class BatchCollector {
  readonly #context: ParseContext;
  readonly #entries: Entry[] = [];
  readonly #rejected: RejectedEntry[] = [];
  #count = 0;
  readonly #reader: EntryReader;
  /** The reader's, empty between entries. */
  readonly #findings: Findings;
  readonly #redactor: Redactor | undefined;

  constructor(context: ParseContext) {
    this.#context = context;
    this.#redactor = context.redaction && createRedactor(context.redaction);
    this.#reader = new EntryReader(context);
    this.#findings = this.#reader.findings;
  }

  /** Takes an entry as JSON text. Returns false, and counts nothing, when it is not JSON. */
  addJson(text: string, hasLongNumber: boolean): boolean {
    // A UTF-16 unit is at most 3 bytes of UTF-8: only long texts are measured.
    const isLong = text.length * 3 > entryBytesMax;
    if (isLong && Buffer.byteLength(text) > entryBytesMax) return this.#rejectLarge(text);
    let value: unknown;
    try {
      value = hasLongNumber ? parseExact(text) : JSON.parse(text);
    } catch {
      return false;
    }
    this.#begin();
    let entry = this.#read(value);
    if (this.#findings.hasExtremeNumber) {
      // Zero is usual, a zero that is left of 5e-400 is not: only the text tells one from the other.
      if (!hasLongNumber && mayHoldExtreme(text)) {
        this.#findings.clear();
        entry = this.#read(parseExact(text));
      }
      this.#findings.hasExtremeNumber = false;
    }
    this.#end(entry);
    return true;
  }

  /** Takes a line of a text log. */
  addLine(line: string): void {
    const { severity, service } = this.#context.textDefaults ?? { severity: "info" };
    this.#begin();
    this.#end(this.#read({ severity, message: line, service }));
  }

  rejectNotJson(text: string): void {
    const { offset, message } = findJsonFault(text) ?? unknownFault;
    this.reject("ENTRY_NOT_JSON", `not JSON at column ${offset + 1}: ${message}`);
  }

  reject(code: ErrorCode, message: string): void {
    this.#begin();
    this.#findings.addToField("", code, message);
    this.#end(undefined);
  }

  finish(isSingle: boolean): ParsedBatch {
    if (this.#count === 0) throw new LogServiceError("BATCH_EMPTY", "the body has no entry");
    const rejectedCount = this.#count - this.#entries.length;
    return { isSingle, entries: this.#entries, rejectedCount, rejected: this.#rejected };
  }

  #read(value: unknown): Entry | undefined {
    if (isObject(value)) return this.#reader.read(value);
    const message = `the entry is ${describeValue(value)}; it must be a JSON object`;
    this.#findings.addToField("", "ENTRY_NOT_OBJECT", message);
    return undefined;
  }

  #begin(): void {
    if (this.#count >= entriesMax) {
      const message = `the batch has more than ${entriesMax} entries, which is the limit`;
      throw new LogServiceError("BATCH_TOO_LARGE", message);
    }
    this.#count += 1;
  }

  #end(entry: Entry | undefined): void {
    if (this.#findings.total === 0 && entry !== undefined) {
      this.#entries.push(this.#redactor === undefined ? entry : this.#redactor.entry(entry));
      return;
    }
    if (this.#rejected.length < rejectedListed) {
      const rejected = toRejected(this.#count - 1, this.#findings);
      this.#rejected.push(this.#redactor ? redacted(rejected, this.#redactor) : rejected);
    }
    this.#findings.clear();
  }

  /**
   * The JSON text of an entry is measured as it was sent, before it is parsed: that bounds what parsing and flattening
   * can cost. It still has to be JSON, or what is taken for the next entry might be a part of this one.
   */
  #rejectLarge(text: string): boolean {
    if (findJsonFault(text) !== undefined) return false;
    const bytes = Buffer.byteLength(text);
    this.reject("ENTRY_TOO_LARGE", `the entry is ${bytes} bytes; the limit is ${entryBytesMax}`);
    return true;
  }
}

/**
 * The refusal of a whole body that is not JSON: `text` has a fault at `from` or behind. `before` stands for all that is
 * before `from`, which is known to be right: nothing, or the beginning of an array.
 */
export const createBodyFault = (
  text: string,
  from: number,
  before: "" | "[" | "[0" | "[0," = "",
): LogServiceError => {
  const { offset, message } = findJsonFault(before + text.slice(from)) ?? unknownFault;
  const place = describePlace(text, from - before.length + offset);
  return new LogServiceError("BODY_INVALID", `the body is not JSON at ${place}: ${message}`);
};
