import type { ErrorCode } from "../errors.ts";

interface Limit {
  readonly value: number;
  readonly unit: "bytes" | "characters" | "entries" | "attributes" | "levels" | "ms";
  readonly reason: string;
  /** What an input beyond it is answered with. */
  readonly code: ErrorCode;
}

const kib = 1024;
const mib = 1024 * kib;

/** Every limit on what users send, in one place. Hosts may set smaller ones; none may set larger ones. */
export const limits = {
  messageBytes: {
    value: 64 * kib,
    unit: "bytes",
    reason: "a message is a line or a stack trace, not a file",
    code: "MESSAGE_TOO_LARGE",
  },
  serviceLength: {
    value: 200,
    unit: "characters",
    reason: "a name, shown in lists",
    code: "FIELD_TOO_LONG",
  },
  fieldLength: {
    value: 200,
    unit: "characters",
    reason: "level, traceId and spanId are names and ids",
    code: "FIELD_TOO_LONG",
  },
  attributeNameLength: {
    value: 200,
    unit: "characters",
    reason: "a name, after flattening with dots",
    code: "ATTRIBUTE_NAME_TOO_LONG",
  },
  attributeValueBytes: {
    value: 16 * kib,
    unit: "bytes",
    reason: "a value, not a document",
    code: "ATTRIBUTE_VALUE_TOO_LARGE",
  },
  attributes: {
    value: 128,
    unit: "attributes",
    reason: "after flattening; keeps a chunk's directory small",
    code: "TOO_MANY_ATTRIBUTES",
  },
  attributeDepth: {
    value: 6,
    unit: "levels",
    reason: "nested objects and arrays are flattened",
    code: "ATTRIBUTES_TOO_DEEP",
  },
  entryBytes: {
    value: 128 * kib,
    unit: "bytes",
    reason: "a chunk must hold any entry",
    code: "ENTRY_TOO_LARGE",
  },
  batchEntries: {
    value: 10_000,
    unit: "entries",
    reason: "one batch is one answer",
    code: "BATCH_TOO_LARGE",
  },
  bodyBytes: {
    value: 32 * mib,
    unit: "bytes",
    reason: "as sent, and again after decompression",
    code: "BODY_TOO_LARGE",
  },
  timestampAheadMs: {
    value: 10 * 60_000,
    unit: "ms",
    reason: "clocks differ a little; an entry far ahead would head every page",
    code: "TIMESTAMP_TOO_FAR_AHEAD",
  },
  idempotencyKeyLength: {
    value: 200,
    unit: "characters",
    reason: "a UUID or a name",
    code: "IDEMPOTENCY_KEY_INVALID",
  },
  queryLength: {
    value: 4096,
    unit: "characters",
    reason: "parsing time is bounded",
    code: "QUERY_TOO_LONG",
  },
  pageEntries: {
    value: 1000,
    unit: "entries",
    reason: "one page is one answer; a cursor leads on",
    code: "PARAMETER_INVALID",
  },
} as const satisfies Record<string, Limit>;

/** How many entries a page has when nobody asks for another number. */
export const pageEntriesDefault = 100;

/** A page ends early, with a cursor, before its JSON grows beyond this. */
export const pageBytesMax = 4 * mib;

/** How many refused entries an answer lists. */
export const rejectedListed = 100;

/** How long an `Idempotency-Key` is remembered. */
export const idempotencyKeptMs = 24 * 3_600_000;
