import { Buffer } from "node:buffer";
import type { AttributeValue } from "./entry.ts";
import { ExactNumber, writeJson } from "./exact-number.ts";
import type { Findings } from "./findings.ts";
import { limits } from "./limits.ts";
import { quote } from "./quote.ts";

/** What an object of JSON holds: own properties only, whatever their names. */
export type Fields = Readonly<Record<string, unknown>>;

const nameLengthMax = limits.attributeNameLength.value;
const valueBytesMax = limits.attributeValueBytes.value;
const countMax = limits.attributes.value;
const depthMax = limits.attributeDepth.value;

/** Zero, tiny or huge: it may be all that a double has left of a number such as 5e-400. */
const isExtreme = (value: number): boolean => {
  const size = Math.abs(value);
  return !(size >= 1e-290 && size <= 2 ** 53);
};

/**
 * Collects the attributes of one entry after the other: nested objects under dotted names, arrays as their JSON text.
 * For an attribute that is neither, nothing is made but its places in the two arrays.
 */
export class AttributeReader {
  names: string[] = [];
  values: AttributeValue[] = [];
  readonly #findings: Findings;
  /** What stands before a name in the path of a problem. */
  #prefix = "";
  /** Whether a name may come twice; the names of one object never do. */
  #mayRepeat = false;
  /** All names, once they are too many to be kept. */
  #tooMany: Set<string> | undefined;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  /** Starts an entry with arrays of its own. */
  begin(): void {
    this.names = [];
    this.values = [];
    this.#prefix = "";
    this.#mayRepeat = false;
    this.#tooMany = undefined;
  }

  /** Adds what lies in the entry itself. Of equal names the last wins. */
  add(name: string, value: unknown): void {
    this.#add(name, value, 1);
  }

  /** Adds what lies in `attributes`; to be called behind all others, so that these win. */
  addAll(attributes: Fields): void {
    this.#prefix = "attributes.";
    this.#mayRepeat ||= this.names.length > 0;
    for (const name in attributes) this.#add(name, attributes[name], 1);
  }

  finish(): void {
    if (this.#tooMany === undefined) return;
    const message = `the entry has ${this.#tooMany.size} attributes after flattening; the limit is ${countMax}`;
    this.#findings.addToAttribute("attributes", "TOO_MANY_ATTRIBUTES", message);
  }

  /** `depth` counts the objects and arrays down to `value`, itself included if it is one. */
  #add(name: string, value: unknown, depth: number): void {
    if (typeof value === "string") {
      this.#put(name, value);
    } else if (typeof value === "number") {
      if (isExtreme(value)) this.#findings.hasExtremeNumber = true;
      this.#put(name, value);
    } else if (typeof value === "boolean") {
      this.#put(name, value);
    } else if (value instanceof ExactNumber) {
      this.#put(name, value.digits);
    } else if (value !== null) {
      this.#addNested(name, value as Fields, depth); // what is left of JSON: an object or an array
    }
  }

  #addNested(name: string, value: Fields, depth: number): void {
    if (Array.isArray(value)) {
      if (this.#isShallow(value, depth)) this.#put(name, writeJson(value));
      else this.#refuseDepth(name);
    } else if (depth > depthMax) {
      this.#refuseDepth(name);
    } else {
      this.#mayRepeat = true;
      for (const key in value) this.#add(`${name}.${key}`, value[key], depth + 1);
    }
  }

  /** Looks at all that lies in an array, as it becomes text without being flattened. */
  #isShallow(value: object, depth: number): boolean {
    if (depth > depthMax) return false;
    for (const inner of Object.values(value)) {
      if (typeof inner === "number") {
        if (isExtreme(inner)) this.#findings.hasExtremeNumber = true;
      } else if (typeof inner === "object" && inner !== null && !(inner instanceof ExactNumber)) {
        if (!this.#isShallow(inner, depth + 1)) return false;
      }
    }
    return true;
  }

  #refuseDepth(name: string): void {
    const message = `${quote(name)} is nested too deep; the limit is ${depthMax} levels`;
    this.#findings.addToAttribute(this.#prefix + name, "ATTRIBUTES_TOO_DEEP", message);
  }

  #put(name: string, value: AttributeValue): void {
    // A UTF-16 unit is at most 3 bytes of UTF-8: only long values are measured.
    if (typeof value === "string" && value.length * 3 > valueBytesMax) this.#measure(name, value);
    if (name.length > nameLengthMax) {
      this.#refuseName(name);
      return;
    }
    if (this.#mayRepeat && this.#replace(name, value)) return;
    if (this.names.length < countMax) {
      this.names.push(name);
      this.values.push(value);
    } else {
      this.#tooMany ??= new Set(this.names);
      this.#tooMany.add(name);
    }
  }

  /** Beyond the limit values no longer matter, and searching would take long. */
  #replace(name: string, value: AttributeValue): boolean {
    const index = this.#tooMany === undefined ? this.names.indexOf(name) : -1;
    if (index >= 0) this.values[index] = value;
    return index >= 0;
  }

  #measure(name: string, value: string): void {
    const bytes = Buffer.byteLength(value);
    if (bytes <= valueBytesMax) return;
    const message = `the value of ${quote(name)} is ${bytes} bytes; the limit is ${valueBytesMax}`;
    this.#findings.addToAttribute(this.#prefix + name, "ATTRIBUTE_VALUE_TOO_LARGE", message);
  }

  /** Such a name is not kept, not even to count it: joined from parts, names could take much more than was sent. */
  #refuseName(name: string): void {
    const message = `the name ${quote(name)} has ${name.length} characters; the limit is ${nameLengthMax}`;
    this.#findings.addToAttribute(this.#prefix + name, "ATTRIBUTE_NAME_TOO_LONG", message);
  }
}
