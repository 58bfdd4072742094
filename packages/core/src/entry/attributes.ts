import { Buffer } from "node:buffer";
import type { AttributeValue } from "./entry.ts";
import { ExactNumber, writeJson } from "./exact-number.ts";
import { limits } from "./limits.ts";
import { addProblem, type ProblemList, quote } from "./problem.ts";

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

/** A name and a value that need neither flattening nor a second look: nearly all of them. */
export const isPlainAttribute = (name: string, value: unknown): value is AttributeValue =>
  name.length <= nameLengthMax &&
  (typeof value === "string"
    ? surelyFits(value)
    : typeof value === "number" || typeof value === "boolean");

/** Takes the attributes over if all are plain; otherwise leaves `into` as it was and returns false. */
export const takePlainAttributes = (fields: Fields, into: Attributes): boolean => {
  const { names, values } = into;
  for (const name in fields) {
    const value = fields[name];
    if (isPlainAttribute(name, value)) {
      names.push(name);
      values.push(value);
    } else if (value !== null) {
      names.length = 0;
      values.length = 0;
      return false;
    }
  }
  return names.length <= countMax;
};

const isTooDeep = (value: object, depth: number): boolean => {
  if (depth > depthMax) return true;
  for (const inner of Object.values(value)) {
    if (typeof inner !== "object" || inner === null || inner instanceof ExactNumber) continue;
    if (isTooDeep(inner, depth + 1)) return true;
  }
  return false;
};

const tooLongMessage = (name: string): string =>
  `the attribute name ${quote(name)} has ${name.length} characters; the limit is ${nameLengthMax}`;

/** Flattens attributes of any shape: nested objects to dotted names, arrays to JSON text. The last of a name wins. */
export class AttributeFlattener {
  /** Also what is refused for its number: counting goes on, keeping does not. */
  readonly #indexes = new Map<string, number>();
  readonly #into: Attributes;
  readonly #problems: ProblemList;

  constructor(into: Attributes, problems: ProblemList) {
    this.#into = into;
    this.#problems = problems;
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
    const count = this.#indexes.size;
    if (count <= countMax) return;
    const message = `the entry has ${count} attributes after flattening; the limit is ${countMax}`;
    addProblem(this.#problems, "attributes", "TOO_MANY_ATTRIBUTES", message);
  }

  #addNested(name: string, value: Fields, path: string, depth: number): void {
    if (depth > depthMax || (Array.isArray(value) && isTooDeep(value, depth))) {
      const message = `the value is nested more than ${depthMax} levels deep; the limit is ${depthMax}`;
      addProblem(this.#problems, path, "ATTRIBUTES_TOO_DEEP", message);
    } else if (Array.isArray(value)) {
      this.#put(name, writeJson(value), path);
    } else {
      for (const key of Object.keys(value)) {
        this.add(`${name}.${key}`, value[key], `${path}.${key}`, depth + 1);
      }
    }
  }

  #put(name: string, value: AttributeValue, path: string): void {
    if (name.length > nameLengthMax) {
      addProblem(this.#problems, path, "ATTRIBUTE_NAME_TOO_LONG", tooLongMessage(name));
      return;
    }
    if (typeof value === "string" && !surelyFits(value)) {
      const bytes = Buffer.byteLength(value);
      if (bytes > valueBytesMax) {
        const message = `the value is ${bytes} bytes; the limit is ${valueBytesMax}`;
        addProblem(this.#problems, path, "ATTRIBUTE_VALUE_TOO_LARGE", message);
      }
    }
    const { names, values } = this.#into;
    const index = this.#indexes.get(name) ?? this.#indexes.size;
    this.#indexes.set(name, index);
    if (index >= countMax) return;
    names[index] = name;
    values[index] = value;
  }
}
