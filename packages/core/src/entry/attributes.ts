import { Buffer } from "node:buffer";
import type { AttributeValue } from "./entry.ts";
import { ExactNumber, writeJson } from "./exact-number.ts";
import { limits } from "./limits.ts";
import { addProblem, type Findings, quote } from "./problem.ts";

export type Fields = Readonly<Record<string, unknown>>;

const nameLengthMax = limits.attributeNameLength.value;
const valueBytesMax = limits.attributeValueBytes.value;
const countMax = limits.attributes.value;
const depthMax = limits.attributeDepth.value;

/** The attributes of one entry, in the two arrays that the entry keeps. */
export interface Attributes {
  readonly names: string[];
  readonly values: AttributeValue[];
}

/** Whether a text surely fits, without counting: a UTF-16 unit is at most 3 bytes of UTF-8. */
const surelyFits = (text: string): boolean => text.length * 3 <= valueBytesMax;

/** Zero, tiny or huge: it may be all that a double has left of a number such as 5e-400. */
const isExtreme = (value: number): boolean => {
  const size = Math.abs(value);
  return !(size >= 1e-290 && size <= 2 ** 53);
};

/**
 * Takes an attribute that needs neither flattening nor a second look, as nearly all are; returns false for any other.
 * A null is taken by leaving it out.
 */
export const takePlainAttribute = (
  name: string,
  value: unknown,
  into: Attributes,
  findings: Findings,
): boolean => {
  if (value === null) return true;
  if (name.length > nameLengthMax) return false;
  if (typeof value === "string") {
    if (!surelyFits(value)) return false;
  } else if (typeof value === "number") {
    if (isExtreme(value)) findings.hasExtremeNumber = true;
  } else if (typeof value !== "boolean") {
    return false;
  }
  into.names.push(name);
  into.values.push(value);
  return true;
};

/** Takes the attributes over while they are plain; false means that it stopped at one that is not. */
export const takePlainAttributes = (
  fields: Fields,
  into: Attributes,
  findings: Findings,
): boolean => {
  for (const name in fields) {
    if (!takePlainAttribute(name, fields[name], into, findings)) return false;
  }
  return true;
};

const isTooDeep = (value: object, depth: number): boolean => {
  if (depth > depthMax) return true;
  for (const inner of Object.values(value)) {
    if (typeof inner !== "object" || inner === null || inner instanceof ExactNumber) continue;
    if (isTooDeep(inner, depth + 1)) return true;
  }
  return false;
};

/** Flattens attributes of any shape: nested objects to dotted names, arrays to JSON text. The last of a name wins. */
export class AttributeFlattener {
  /** Also what is refused for its number: counting goes on, keeping does not. */
  readonly #indexes = new Map<string, number>();
  readonly #into: Attributes;
  readonly #findings: Findings;

  constructor(into: Attributes, findings: Findings) {
    this.#into = into;
    this.#findings = findings;
  }

  /** `path` leads to the value in what was sent: the name itself, behind `attributes.` if it stood there. */
  add(name: string, value: unknown, path: string, depth = 1): void {
    if (value === null) return;
    if (typeof value === "object" && !(value instanceof ExactNumber)) {
      this.#addNested(name, value as Fields, path, depth); // an object of JSON: its keys are strings
    } else {
      // What JSON knows beside objects and null: a string, a number, a boolean.
      this.#put(
        name,
        value instanceof ExactNumber ? value.digits : (value as AttributeValue),
        path,
      );
    }
  }

  finish(): void {
    // Not each number was looked at here; entries that need flattening are few enough to look at their text again.
    this.#findings.hasExtremeNumber = true;
    const count = this.#indexes.size;
    if (count <= countMax) return;
    const message = `the entry has ${count} attributes after flattening; the limit is ${countMax}`;
    addProblem(this.#findings, "attributes", "TOO_MANY_ATTRIBUTES", message);
  }

  #addNested(name: string, value: Fields, path: string, depth: number): void {
    if (depth > depthMax || (Array.isArray(value) && isTooDeep(value, depth))) {
      const message = `the value is nested more than ${depthMax} levels deep; the limit is ${depthMax}`;
      addProblem(this.#findings, path, "ATTRIBUTES_TOO_DEEP", message);
    } else if (Array.isArray(value)) {
      this.#put(name, writeJson(value), path);
    } else {
      for (const key of Object.keys(value)) {
        this.add(`${name}.${key}`, value[key], `${path}.${key}`, depth + 1);
      }
    }
  }

  #put(name: string, value: AttributeValue, path: string): void {
    if (typeof value === "string" && !surelyFits(value)) {
      const bytes = Buffer.byteLength(value);
      if (bytes > valueBytesMax) {
        const message = `the value is ${bytes} bytes; the limit is ${valueBytesMax}`;
        addProblem(this.#findings, path, "ATTRIBUTE_VALUE_TOO_LARGE", message);
      }
    }
    if (name.length > nameLengthMax) {
      // It is not counted: keeping names without a limit, joined from parts, could take much more than was sent.
      const message = `the name ${quote(name)} has ${name.length} characters; the limit is ${nameLengthMax}`;
      addProblem(this.#findings, path, "ATTRIBUTE_NAME_TOO_LONG", message);
      return;
    }
    const { names, values } = this.#into;
    const index = this.#indexes.get(name) ?? this.#indexes.size;
    this.#indexes.set(name, index);
    if (index >= countMax) return;
    names[index] = name;
    values[index] = value;
  }
}
