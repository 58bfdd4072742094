import type { AttributeValue } from "@log-service/core";
import type { ErrorCode, Problem } from "@log-service/core/errors";
import { limits } from "@log-service/core/limits";
import { isRawNumber, printExactJson } from "./exact-json.ts";
import { utf8Length } from "./utf8.ts";

interface Flattening {
  readonly values: Map<string, AttributeValue>;
  readonly problems: Problem[];
}

interface Place {
  /** The flattened name so far; undefined above the first name. */
  readonly name: string | undefined;
  /** Where the sender wrote it, for problems. */
  readonly path: string;
  /** How many objects and arrays lie around the value, `attributes` or the entry itself not counted. */
  readonly depth: number;
}

const isContainer = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !isRawNumber(value);

const problem = (place: Place, code: ErrorCode, message: string): Problem => ({
  path: place.path,
  code,
  message: `${place.path} ${message}`,
});

const isTooDeep = (value: object, depth: number): boolean =>
  depth > limits.attributeDepth.value ||
  Object.values(value).some((inner) => isContainer(inner) && isTooDeep(inner, depth + 1));

/** The value as it is kept; undefined when JSON has no such value. */
const keptValue = (value: unknown): AttributeValue | undefined => {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (isRawNumber(value)) return value.rawJSON;
  return Array.isArray(value) ? printExactJson(value) : undefined;
};

const addLeaf = (value: unknown, place: Place, { values, problems }: Flattening): void => {
  const name = place.name ?? "";
  const kept = keptValue(value);
  if (kept === undefined) {
    problems.push(problem(place, "FIELD_TYPE_INVALID", "is not a value of JSON"));
    return;
  }
  if (name.length > limits.attributeNameLength.value) {
    const message = `has a name of ${name.length} characters; the limit is ${limits.attributeNameLength.value}`;
    problems.push(problem(place, "ATTRIBUTE_NAME_TOO_LONG", message));
  }
  const bytes = typeof kept === "string" ? utf8Length(kept) : 0;
  if (bytes > limits.attributeValueBytes.value) {
    const message = `is ${bytes} bytes; the limit is ${limits.attributeValueBytes.value}`;
    problems.push(problem(place, "ATTRIBUTE_VALUE_TOO_LARGE", message));
  }
  values.set(name, kept);
};

/** Adds what lies at one place: nested objects by dotted names, arrays as their JSON text, null not at all. */
export const flattenInto = (value: unknown, place: Place, flattening: Flattening): void => {
  if (value === null || value === undefined) return;
  if (!isContainer(value)) {
    addLeaf(value, place, flattening);
    return;
  }
  if (
    place.depth >= limits.attributeDepth.value ||
    (Array.isArray(value) && isTooDeep(value, place.depth + 1))
  ) {
    const message = `is nested deeper than ${limits.attributeDepth.value} levels`;
    flattening.problems.push(problem(place, "ATTRIBUTES_TOO_DEEP", message));
    return;
  }
  if (Array.isArray(value)) addLeaf(value, place, flattening);
  else flattenObject(value, { ...place, depth: place.depth + 1 }, flattening);
};

/** Adds each member of an object; a name that is there already is overwritten. */
export const flattenObject = (value: object, place: Place, flattening: Flattening): void => {
  for (const [key, inner] of Object.entries(value)) {
    const name = place.name === undefined ? key : `${place.name}.${key}`;
    const path = `${place.path}.${key}`;
    flattenInto(inner, { name, path, depth: place.depth }, flattening);
  }
};
