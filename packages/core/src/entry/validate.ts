import { Buffer } from "node:buffer";
import type { ErrorCode } from "../errors.ts";
import {
  AttributeFlattener,
  type Attributes,
  type Fields,
  isPlainAttribute,
  takePlainAttributes,
} from "./attributes.ts";
import { type Entry, type Severity, severities } from "./entry.ts";
import { ExactNumber } from "./exact-number.ts";
import { limits } from "./limits.ts";
import { addProblem, describe, type ProblemList } from "./problem.ts";
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
const readSeverity = (value: unknown, problems: ProblemList): Severity => {
  if (isSeverity(value)) return value;
  if (isMissing(value)) {
    addProblem(problems, "severity", "FIELD_REQUIRED", "severity is missing");
  } else {
    addProblem(problems, "severity", "SEVERITY_INVALID", severityMessage(value));
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

const readMessage = (value: unknown, problems: ProblemList): string => {
  // A UTF-16 unit is at most 3 bytes of UTF-8: only long messages are measured.
  if (typeof value === "string" && value !== "" && value.length * 3 <= messageBytesMax) {
    return value;
  }
  const problem = messageProblem(value);
  if (problem === undefined) return value as string; // the check above holds for strings only
  addProblem(problems, "message", ...problem);
  return "";
};

const readText = (
  path: string,
  value: unknown,
  lengthMax: number,
  problems: ProblemList,
): string | undefined => {
  if (isMissing(value)) return undefined;
  if (typeof value !== "string") {
    addProblem(problems, path, "FIELD_TYPE_INVALID", typeMessage(path, value, "a string"));
    return undefined;
  }
  if (value.length > lengthMax) {
    const message = `${path} has ${value.length} characters; the limit is ${lengthMax}`;
    addProblem(problems, path, "FIELD_TOO_LONG", message);
  }
  return value;
};

/** The slow way, for entries whose attributes are not all plain, in one place, and few. */
const flattenAttributes = (fields: Fields, problems: ProblemList): Attributes => {
  const into: Attributes = { names: [], values: [] };
  const flattener = new AttributeFlattener(into, problems);
  for (const name of Object.keys(fields)) {
    if (!isBuiltIn(name)) flattener.add(name, fields[name], name);
  }
  const nested = fields.attributes;
  if (isObject(nested)) {
    // Behind the top level: a name in `attributes` wins over the same name outside.
    for (const name of Object.keys(nested)) {
      flattener.add(name, nested[name], `attributes.${name}`);
    }
  } else if (!isMissing(nested)) {
    const message = typeMessage("attributes", nested, "an object");
    addProblem(problems, "attributes", "FIELD_TYPE_INVALID", message);
  }
  flattener.finish();
  return into;
};

/** The fields of an entry on the wire. A `logId` that is sent is an attribute: the server gives the identity. */
const isBuiltIn = (name: string): boolean =>
  name === "timestamp" ||
  name === "severity" ||
  name === "message" ||
  name === "service" ||
  name === "attributes" ||
  name === "level" ||
  name === "traceId" ||
  name === "spanId";

export const isObject = (value: unknown): value is Fields =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof ExactNumber);

const readAttributes = (fields: Fields, problems: ProblemList): Attributes => {
  const names: string[] = [];
  const values: Attributes["values"] = [];
  const into = { names, values };
  for (const name in fields) {
    if (isBuiltIn(name)) continue;
    const value = fields[name];
    if (isPlainAttribute(name, value)) {
      names.push(name);
      values.push(value);
    } else if (value !== null) {
      return flattenAttributes(fields, problems);
    }
  }
  const nested = fields.attributes;
  if (isMissing(nested)) {
    return names.length <= limits.attributes.value ? into : flattenAttributes(fields, problems);
  }
  const isPlain = names.length === 0 && isObject(nested) && takePlainAttributes(nested, into);
  return isPlain ? into : flattenAttributes(fields, problems);
};

/**
 * Turns the fields of one object as it was sent into an entry. When `problems` holds any afterwards, all that is wrong
 * with it is in there, and what is returned is not an entry to keep.
 */
export const readEntry = (fields: Fields, rules: TimeRules, problems: ProblemList): Entry => {
  const timestamp = readTimestamp(fields.timestamp, rules, problems);
  const severity = readSeverity(fields.severity, problems);
  const message = readMessage(fields.message, problems);
  const service = readText("service", fields.service, serviceLengthMax, problems);
  const level = readText("level", fields.level, fieldLengthMax, problems);
  const traceId = readText("traceId", fields.traceId, fieldLengthMax, problems);
  const spanId = readText("spanId", fields.spanId, fieldLengthMax, problems);
  const attributes = readAttributes(fields, problems);
  return {
    timestamp,
    severity,
    message,
    service,
    level,
    traceId,
    spanId,
    attributeNames: attributes.names,
    attributeValues: attributes.values,
  };
};
