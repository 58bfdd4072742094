/** The severities that are accepted, from mild to grave. The code of a severity in a chunk is its index here. */
export const severities = ["info", "warning", "error"] as const;

export type Severity = (typeof severities)[number];

export type AttributeValue = string | number | boolean;

/**
 * One log record that passed validation. Every property is always there, in this order, so that all entries share
 * one hidden class: the ingest path handles hundreds of thousands a second.
 */
export interface Entry {
  /** Milliseconds since 1970, UTC; an integer >= 0. */
  readonly timestamp: number;
  readonly severity: Severity;
  readonly message: string;
  readonly service: string | undefined;
  /** The sender's own word for the severity, as it came. */
  readonly level: string | undefined;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  /** Flat names, each once; `attributeValues[i]` belongs to `attributeNames[i]`. Numbers are finite. */
  readonly attributeNames: readonly string[];
  readonly attributeValues: readonly AttributeValue[];
}

/** An entry with its identity, as it comes out of a store. */
export interface StoredEntry extends Entry {
  /** A UUIDv7 in lower case; see `log-id.ts` for its layout. */
  readonly logId: string;
}

/** The fields that every entry may have; any other name is an attribute. */
export const builtInFields = [
  "timestamp",
  "severity",
  "message",
  "service",
  "level",
  "traceId",
  "spanId",
  "logId",
] as const;
