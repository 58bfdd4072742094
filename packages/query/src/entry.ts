export type QueryableValue = string | number | boolean;

/** What a query can see of an entry; a stored entry of the core is one. */
export interface QueryableEntry {
  readonly severity: string;
  readonly message: string;
  /** Milliseconds since 1970, UTC. */
  readonly timestamp?: number | undefined;
  readonly service?: string | undefined;
  readonly level?: string | undefined;
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
  readonly logId?: string | undefined;
  /** Flat names, each once; `attributeValues[i]` belongs to `attributeNames[i]`. */
  readonly attributeNames: readonly string[];
  readonly attributeValues: readonly QueryableValue[];
}

export type BuiltInField = Exclude<keyof QueryableEntry, "attributeNames" | "attributeValues">;

const builtIn: Readonly<Record<BuiltInField, true>> = {
  timestamp: true,
  severity: true,
  service: true,
  level: true,
  message: true,
  traceId: true,
  spanId: true,
  logId: true,
};

/** The fields that every entry may have; any other name is an attribute. */
// The keys of a record over BuiltInField are exactly its members.
export const builtInFields = Object.keys(builtIn) as readonly BuiltInField[];

const isBuiltIn = (name: string): name is BuiltInField => Object.hasOwn(builtIn, name);

const prefix = "attributes.";

/** Where a field of a filter is found. */
export type FieldPlace =
  | { readonly kind: "builtIn"; readonly name: BuiltInField }
  | { readonly kind: "attribute"; readonly name: string };

/** Finds what a field of a filter names: `attributes.` leads to an attribute in any case. */
export const placeOf = (field: string): FieldPlace => {
  if (isBuiltIn(field)) return { kind: "builtIn", name: field };
  const isPrefixed = field.startsWith(prefix) && field.length > prefix.length;
  return { kind: "attribute", name: isPrefixed ? field.slice(prefix.length) : field };
};

/** The one way to write a field: `attributes.` only where the bare name would lead elsewhere. */
export const canonicalField = (field: string): string => {
  const place = placeOf(field);
  if (place.kind === "builtIn") return field;
  const isAmbiguous = isBuiltIn(place.name) || place.name.startsWith(prefix);
  return isAmbiguous ? prefix + place.name : place.name;
};

/** Returns the function that reads a field of an entry; undefined when the entry does not have it. */
export const readerOf = (
  field: string,
): ((entry: QueryableEntry) => QueryableValue | undefined) => {
  const { kind, name } = placeOf(field);
  if (kind === "builtIn") return (entry) => entry[name];
  return (entry) => {
    const index = entry.attributeNames.indexOf(name);
    return index < 0 ? undefined : entry.attributeValues[index];
  };
};

const plainNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Reads a number as JSON writes one; undefined for any other text and for what is beyond the range of a double. */
export const numberOf = (text: string): number | undefined => {
  // The length keeps a text of 16 KB that is no number from being looked at for long.
  if (text.length > 64 || !plainNumber.test(text)) return undefined;
  const number = Number(text);
  // -0 is printed, compared and found as 0.
  return Number.isFinite(number) ? number + 0 : undefined;
};
