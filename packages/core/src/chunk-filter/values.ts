import type { FieldPlace } from "@log-service/query";
import type { Entry } from "../entry/entry.ts";
import { hashText, mix } from "./hash.ts";
import { bitsPerValue } from "./layout.ts";

/** A name and a value are hashed as one text, with a unit between them. */
const hashField = (kind: FieldPlace["kind"], name: string): number =>
  hashText("\0", hashText(name, hashText(kind === "attribute" ? "a" : "b")));

export const hashValue = ({ kind, name }: FieldPlace, value: string): number =>
  hashText(value, hashField(kind, name));

const optionalFields = ["service", "level", "traceId", "spanId"] as const;

/** The hashes of all strings that entries have in fields which not every entry has. */
export const hashesOf = (entries: readonly Entry[]): Set<number> => {
  const fields = new Map<string, number>();
  const hashOfAttribute = (name: string): number => {
    const known = fields.get(name) ?? hashField("attribute", name);
    fields.set(name, known);
    return known;
  };
  const builtIn = optionalFields.map((name) => ({ name, hash: hashField("builtIn", name) }));
  const hashes = new Set<number>();
  for (const entry of entries) {
    for (const { name, hash } of builtIn) {
      const value = entry[name];
      if (value !== undefined) hashes.add(hashText(value, hash));
    }
    for (const [index, value] of entry.attributeValues.entries())
      if (typeof value === "string")
        hashes.add(hashText(value, hashOfAttribute(entry.attributeNames[index]!)));
  }
  return hashes;
};

/** The bits of a value: a step from a second hash takes the place of further ones (Kirsch and Mitzenmacher, 2006). */
const visitPlaces = (hash: number, bits: number, visit: (place: number) => boolean): boolean => {
  let place = mix(hash);
  const step = mix(place ^ 0x9e3779b9) | 1;
  for (let i = 0; i < bitsPerValue; i++) {
    if (!visit(Math.floor((place * bits) / 2 ** 32))) return false;
    place = (place + step) >>> 0;
  }
  return true;
};

export const addHash = (hash: number, bitmap: Uint8Array): void => {
  visitPlaces(hash, bitmap.length * 8, (place) => {
    bitmap[place >> 3]! |= 1 << (place & 7);
    return true;
  });
};

export const hasHash = (hash: number, bitmap: Uint8Array): boolean =>
  visitPlaces(hash, bitmap.length * 8, (place) => (bitmap[place >> 3]! & (1 << (place & 7))) !== 0);
