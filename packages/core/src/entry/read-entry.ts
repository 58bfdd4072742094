import { Buffer } from "node:buffer";
import type { ErrorCode } from "../errors.ts";
import { AttributeReader, type Fields } from "./attributes.ts";
import type { Entry, Severity } from "./entry.ts";
import { ExactNumber } from "./exact-number.ts";
import { Findings } from "./findings.ts";
import { limits } from "./limits.ts";
import { describeValue } from "./quote.ts";
import { readTimestamp, type TimeRules } from "./time-rules.ts";

const messageBytesMax = limits.messageBytes.value;
const serviceLengthMax = limits.serviceLength.value;
const fieldLengthMax = limits.fieldLength.value;

/** Words of other vocabularies that senders mix up with the three; a hint only, nothing is mapped here. */
const likelySeverities: ReadonlyMap<string, Severity> = new Map([
  ...["trace", "debug", "information", "informational", "notice", "verbose"].map(
    (word) => [word, "info"] as const,
  ),
  ...["warn", "warnings"].map((word) => [word, "warning"] as const),
  ...["err", "errors", "critical", "crit", "alert", "emergency", "emerg", "fatal", "panic"].map(
    (word) => [word, "error"] as const,
  ),
  ...(["info", "warning", "error"] as const).map((word) => [word, word] as const),
]);

const severityMessage = (value: unknown): string => {
  const accepted = "accepted are info, warning and error, in lower case";
  const likely =
    typeof value === "string" && value.length < 20
      ? likelySeverities.get(value.trim().toLowerCase())
      : undefined;
  const hint = likely === undefined ? "" : `; did you mean ${likely}?`;
  return `severity is ${describeValue(value)}; ${accepted}${hint}`;
};

const isSeverity = (value: unknown): value is Severity =>
  value === "info" || value === "warning" || value === "error";

const isMissing = (value: unknown): value is undefined | null =>
  value === undefined || value === null;

/** Returns any severity when it is wrong: the problem then keeps the entry from being made. */
const readSeverity = (value: unknown, findings: Findings): Severity => {
  if (isSeverity(value)) return value;
  if (isMissing(value)) {
    findings.addToField("severity", "FIELD_REQUIRED", "severity is missing");
  } else {
    findings.addToField("severity", "SEVERITY_INVALID", severityMessage(value));
  }
  return "info";
};

const typeMessage = (path: string, value: unknown, wanted: string): string =>
  `${path} is ${describeValue(value)}; it must be ${wanted}`;

const messageProblem = (value: unknown): [ErrorCode, string] | undefined => {
  if (isMissing(value)) return ["FIELD_REQUIRED", "message is missing"];
  if (typeof value !== "string") {
    return ["FIELD_TYPE_INVALID", typeMessage("message", value, "a string")];
  }
  if (value === "") return ["MESSAGE_EMPTY", "message is empty; it must have a character"];
  const bytes = Buffer.byteLength(value);
  if (bytes <= messageBytesMax) return undefined;
  return ["MESSAGE_TOO_LARGE", `message is ${bytes} bytes; the limit is ${messageBytesMax}`];
};

const readMessage = (value: unknown, findings: Findings): string => {
  // A UTF-16 unit is at most 3 bytes of UTF-8: only long messages are measured.
  if (typeof value === "string" && value !== "" && value.length * 3 <= messageBytesMax) {
    return value;
  }
  const problem = messageProblem(value);
  if (problem === undefined) return value as string; // the check above holds for strings only
  findings.addToField("message", ...problem);
  return "";
};

const readText = (
  path: string,
  value: unknown,
  lengthMax: number,
  findings: Findings,
): string | undefined => {
  if (isMissing(value)) return undefined;
  if (typeof value !== "string") {
    findings.addToField(path, "FIELD_TYPE_INVALID", typeMessage(path, value, "a string"));
    return undefined;
  }
  if (value.length > lengthMax) {
    const message = `${path} has ${value.length} characters; the limit is ${lengthMax}`;
    findings.addToField(path, "FIELD_TOO_LONG", message);
  }
  return value;
};

export const isObject = (value: unknown): value is Fields =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof ExactNumber);

/** Turns objects as they were sent into entries. What it finds wrong with one is in `findings`. */
export class EntryReader {
  readonly findings = new Findings();
  readonly #attributes = new AttributeReader(this.findings);
  readonly #rules: TimeRules;

  constructor(rules: TimeRules) {
    this.#rules = rules;
  }

  /**
   * When there are problems, all of them are found, and what is returned is not an entry to keep. This is the hot
   * path: one pass over the names, and for a flat object nothing is made but the entry and its two arrays.
   */
  read(fields: Fields): Entry {
    const attributes = this.#attributes;
    attributes.begin();
    let timestamp: unknown;
    let severity: unknown;
    let message: unknown;
    let service: unknown;
    let level: unknown;
    let traceId: unknown;
    let spanId: unknown;
    let nested: unknown;
    for (const name in fields) {
      const value = fields[name];
      switch (name) {
        case "timestamp":
          timestamp = value;
          break;
        case "severity":
          severity = value;
          break;
        case "message":
          message = value;
          break;
        case "service":
          service = value;
          break;
        case "level":
          level = value;
          break;
        case "traceId":
          traceId = value;
          break;
        case "spanId":
          spanId = value;
          break;
        case "attributes":
          nested = value;
          break;
        default:
          // A `logId` as well: the server gives the identity, and nothing that is sent is dropped.
          attributes.add(name, value);
      }
    }
    return this.#finish(timestamp, severity, message, service, level, traceId, spanId, nested);
  }

  #finish(
    timestamp: unknown,
    severity: unknown,
    message: unknown,
    service: unknown,
    level: unknown,
    traceId: unknown,
    spanId: unknown,
    nested: unknown,
  ): Entry {
    const { findings } = this;
    const entry = {
      timestamp: readTimestamp(timestamp, this.#rules, findings),
      severity: readSeverity(severity, findings),
      message: readMessage(message, findings),
      service: readText("service", service, serviceLengthMax, findings),
      level: readText("level", level, fieldLengthMax, findings),
      traceId: readText("traceId", traceId, fieldLengthMax, findings),
      spanId: readText("spanId", spanId, fieldLengthMax, findings),
      attributeNames: this.#attributes.names,
      attributeValues: this.#attributes.values,
    };
    if (!isMissing(nested)) this.#addNested(nested);
    this.#attributes.finish();
    return entry;
  }

  #addNested(nested: unknown): void {
    if (isObject(nested)) {
      this.#attributes.addAll(nested);
    } else {
      const message = typeMessage("attributes", nested, "an object");
      this.findings.addToField("attributes", "FIELD_TYPE_INVALID", message);
    }
  }
}
