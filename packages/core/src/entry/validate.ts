import { Buffer } from "node:buffer";
import type { ErrorCode } from "../errors.ts";
import {
  AttributeFlattener,
  type Attributes,
  type Fields,
  takePlainAttribute,
  takePlainAttributes,
} from "./attributes.ts";
import { builtInFields, type Entry, type Severity, severities } from "./entry.ts";
import { ExactNumber } from "./exact-number.ts";
import { limits } from "./limits.ts";
import { addProblem, describe, type Findings } from "./problem.ts";
import { readTimestamp, type TimeRules } from "./time-rules.ts";

const messageBytesMax = limits.messageBytes.value;
const serviceLengthMax = limits.serviceLength.value;
const fieldLengthMax = limits.fieldLength.value;
const attributesMax = limits.attributes.value;

/** Words of other vocabularies that senders mix up with the three; a hint only, nothing is mapped here. */
const likelySeverities: ReadonlyMap<string, Severity> = new Map([
  ...["trace", "debug", "information", "informational", "notice", "verbose"].map(
    (word) => [word, "info"] as const,
  ),
  ...["warn", "warnings"].map((word) => [word, "warning"] as const),
  ...["err", "errors", "critical", "crit", "alert", "emergency", "emerg", "fatal", "panic"].map(
    (word) => [word, "error"] as const,
  ),
  ...severities.map((word) => [word, word] as const),
]);

const severityMessage = (value: unknown): string => {
  const accepted = "accepted are info, warning and error, in lower case";
  const likely =
    typeof value === "string" && value.length < 20
      ? likelySeverities.get(value.trim().toLowerCase())
      : undefined;
  const hint = likely === undefined ? "" : `; did you mean ${likely}?`;
  return `severity is ${describe(value)}; ${accepted}${hint}`;
};

const isSeverity = (value: unknown): value is Severity =>
  value === "info" || value === "warning" || value === "error";

const isMissing = (value: unknown): value is undefined | null =>
  value === undefined || value === null;

/** Returns any severity when it is wrong: the problem then keeps the entry from being made. */
const readSeverity = (value: unknown, findings: Findings): Severity => {
  if (isSeverity(value)) return value;
  if (isMissing(value)) {
    addProblem(findings, "severity", "FIELD_REQUIRED", "severity is missing");
  } else {
    addProblem(findings, "severity", "SEVERITY_INVALID", severityMessage(value));
  }
  return "info";
};

const typeMessage = (path: string, value: unknown, wanted: string): string =>
  `${path} is ${describe(value)}; it must be ${wanted}`;

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
  addProblem(findings, "message", ...problem);
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
    addProblem(findings, path, "FIELD_TYPE_INVALID", typeMessage(path, value, "a string"));
    return undefined;
  }
  if (value.length > lengthMax) {
    const message = `${path} has ${value.length} characters; the limit is ${lengthMax}`;
    addProblem(findings, path, "FIELD_TOO_LONG", message);
  }
  return value;
};

export const isObject = (value: unknown): value is Fields =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof ExactNumber);

/** The fields of an entry on the wire. A `logId` that is sent is an attribute: the server gives the identity. */
const wireFields: ReadonlySet<string> = new Set([
  ...builtInFields.filter((field) => field !== "logId"),
  "attributes",
]);

/** The slow way, for attributes that are not all plain, or stand both in `attributes` and beside it. */
const flattenAttributes = (fields: Fields, nested: unknown, findings: Findings): Attributes => {
  const into: Attributes = { names: [], values: [] };
  const flattener = new AttributeFlattener(into, findings);
  for (const name of Object.keys(fields)) {
    if (!wireFields.has(name)) flattener.add(name, fields[name], name);
  }
  if (isObject(nested)) {
    // Behind the top level: a name in `attributes` wins over the same name outside.
    for (const name of Object.keys(nested)) {
      flattener.add(name, nested[name], `attributes.${name}`);
    }
  } else if (!isMissing(nested)) {
    const message = typeMessage("attributes", nested, "an object");
    addProblem(findings, "attributes", "FIELD_TYPE_INVALID", message);
  }
  flattener.finish();
  return into;
};

/** All attributes, when `plain` holds those beside `attributes`, or some of them if not all are plain. */
const finishAttributes = (
  fields: Fields,
  nested: unknown,
  plain: Attributes,
  isPlain: boolean,
  findings: Findings,
): Attributes => {
  const { names } = plain;
  // With names from both places some may be equal.
  const isDone =
    isPlain &&
    (isMissing(nested) ||
      (names.length === 0 && isObject(nested) && takePlainAttributes(nested, plain, findings)));
  return isDone && names.length <= attributesMax
    ? plain
    : flattenAttributes(fields, nested, findings);
};

/**
 * Turns the fields of one object as it was sent into an entry. When it finds problems, all that is wrong with the
 * object is among them, and what it returns is not an entry to keep. This is the hot path: one pass over the names,
 * and for a flat object nothing is made but the entry and its two arrays.
 */
export const readEntry = (fields: Fields, rules: TimeRules, findings: Findings): Entry => {
  let timestamp: unknown;
  let severity: unknown;
  let message: unknown;
  let service: unknown;
  let level: unknown;
  let traceId: unknown;
  let spanId: unknown;
  let nested: unknown;
  let isPlain = true;
  const plain: Attributes = { names: [], values: [] };
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
        isPlain = isPlain && takePlainAttribute(name, value, plain, findings);
    }
  }
  const attributes = finishAttributes(fields, nested, plain, isPlain, findings);
  return {
    timestamp: readTimestamp(timestamp, rules, findings),
    severity: readSeverity(severity, findings),
    message: readMessage(message, findings),
    service: readText("service", service, serviceLengthMax, findings),
    level: readText("level", level, fieldLengthMax, findings),
    traceId: readText("traceId", traceId, fieldLengthMax, findings),
    spanId: readText("spanId", spanId, fieldLengthMax, findings),
    attributeNames: attributes.names,
    attributeValues: attributes.values,
  };
};
