import type { ErrorCode, Problem, QueryProblem } from "@log-service/core/errors";
import type { ProblemExtensions } from "./problem.ts";

/** What the documents say of an error beyond its title. */
interface ErrorGuide {
  /** What a sender can do about it. */
  readonly advice: string;
  /** A `detail` as it occurs. */
  readonly detail: string;
  /** What comes with that `detail`. */
  readonly extensions?: ProblemExtensions<Problem | QueryProblem>;
}

const severityProblem = {
  path: "severity",
  code: "SEVERITY_INVALID",
  message: 'severity is "fatal"; accepted are info, warning and error, in lower case',
} as const;

const messageProblem = {
  path: "message",
  code: "FIELD_REQUIRED",
  message: "message is missing",
} as const;

const limitMessage = 'limit is "5000"; it must be an integer from 1 to 1000';

const unknownMessage =
  '"limt" is not a parameter of this route. Did you mean limit? Known: q, severity, service, from, to, order, limit, cursor.';

/** A refused entry as answers list it. */
export const refusedEntry = {
  index: 1,
  code: "SEVERITY_INVALID",
  message: severityProblem.message,
  problems: [severityProblem],
} as const;

const retryLater = "Send it again after the seconds in `Retry-After`.";
const sendFewer = "Send it in smaller parts.";

export const errorGuide: Readonly<Record<ErrorCode, ErrorGuide>> = {
  ENTRY_INVALID: {
    advice: "Mend what `problems` lists, each with its path, and send the entry again.",
    detail: severityProblem.message,
    extensions: { problems: [severityProblem] },
  },
  ENTRY_NOT_OBJECT: {
    advice: "Send a JSON object for each entry.",
    detail: "an entry must be a JSON object, not a string",
  },
  ENTRY_NOT_JSON: {
    advice: "In NDJSON each line is one JSON object; check that no line is cut.",
    detail: "line 7 is not JSON: unexpected end",
  },
  ENTRY_NOT_UTF8: { advice: "Send UTF-8.", detail: "line 7 is not UTF-8" },
  ENTRY_TOO_LARGE: {
    advice: "Shorten the message or the attributes; keep documents elsewhere, and log where.",
    detail: "the entry is 140211 bytes; the limit is 131072",
  },
  FIELD_REQUIRED: { advice: "Add the field.", detail: "message is missing" },
  FIELD_TYPE_INVALID: {
    advice: "Send the field in the type that the message names.",
    detail: "service is 7; it must be a string",
  },
  FIELD_TOO_LONG: {
    advice: "Shorten the field, or put the text into an attribute.",
    detail: "service has 312 characters; the limit is 200",
  },
  SEVERITY_INVALID: {
    advice: "Send `info`, `warning` or `error`, and your own word as `level`.",
    detail: severityProblem.message,
  },
  MESSAGE_EMPTY: {
    advice: "Say something in the message; values alone belong into attributes beside it.",
    detail: "message is empty; it must have a character",
  },
  MESSAGE_TOO_LARGE: {
    advice: "Cut the message, or split it into several entries.",
    detail: "message is 70000 bytes; the limit is 65536",
  },
  TIMESTAMP_INVALID: {
    advice:
      "Send ISO 8601 with a zone, as in `2026-11-22T09:00:00.123Z`, or epoch milliseconds as an integer; or leave it out, and the server sets it.",
    detail: 'timestamp is "yesterday"; it must be ISO 8601 with a zone, or epoch milliseconds',
  },
  TIMESTAMP_TOO_FAR_AHEAD: {
    advice: "Set the sender's clock (NTP), and check the unit: milliseconds, not microseconds.",
    detail:
      "timestamp is 1795343400000; the limit is 10 minutes ahead of the server's clock, which is at 2026-11-22T09:00:00.123Z",
  },
  TIMESTAMP_TOO_OLD: {
    advice:
      "Check the unit (milliseconds, not seconds), or raise the retention that the message names.",
    detail: "timestamp is 1795338000; the oldest accepted is 2026-10-23T09:00:00.123Z",
  },
  TIMESTAMP_REQUIRED: {
    advice: "With `dedupe=content` give each entry its time, or send an `Idempotency-Key` instead.",
    detail: "timestamp is missing; deduplication by content needs one in every entry",
  },
  ATTRIBUTE_NAME_TOO_LONG: {
    advice: "Shorten the name; the names of nested objects count together, with their dots.",
    detail: "attributes.path has a name of 240 characters; the limit is 200",
  },
  ATTRIBUTE_VALUE_TOO_LARGE: {
    advice: "Cut the value; long text belongs into the message.",
    detail: "the value is 20480 bytes; the limit is 16384",
  },
  TOO_MANY_ATTRIBUTES: {
    advice: "Put what is never searched for into one attribute, as an array.",
    detail: "the entry has 200 attributes after flattening; the limit is 128",
  },
  ATTRIBUTES_TOO_DEEP: {
    advice: "Flatten the value before it is sent, or send it as text.",
    detail: "the value is nested more than 6 levels deep; the limit is 6",
  },
  BATCH_EMPTY: {
    advice: "Send at least one entry; do not send when there is nothing to send.",
    detail: "the batch has no entry",
  },
  BATCH_ALL_REJECTED: {
    advice: "Mend what `rejected` lists, each entry with its place in the batch.",
    detail: "all 2 entries were refused",
    extensions: {
      accepted: 0,
      rejectedCount: 2,
      rejected: [
        {
          index: 0,
          code: "FIELD_REQUIRED",
          message: messageProblem.message,
          problems: [messageProblem],
        },
        refusedEntry,
      ],
    },
  },
  BATCH_TOO_LARGE: { advice: sendFewer, detail: "the batch has 12000 entries; the limit is 10000" },
  BODY_INVALID: {
    advice: "Check that the body arrived whole, and is what Content-Type and Content-Encoding say.",
    detail: "the body is not JSON: unexpected end at byte 4096",
  },
  BODY_TOO_LARGE: {
    advice: sendFewer,
    detail: "the body is 41943040 bytes; the limit is 33554432",
  },
  BODY_TIMEOUT: {
    advice: "Send it again, in smaller parts where the connection is slow.",
    detail: "the body did not arrive within 30 s",
  },
  CONTENT_TYPE_UNSUPPORTED: {
    advice:
      "Send `application/json`, `application/x-ndjson` or `text/plain`; with curl, add `-H 'Content-Type: application/json'`.",
    detail:
      "application/x-www-form-urlencoded is not supported; curl sends it unless told otherwise: add -H 'Content-Type: application/json'",
  },
  CONTENT_ENCODING_UNSUPPORTED: {
    advice: "Compress with gzip, deflate, br or zstd, once, or not at all.",
    detail: "the content encoding lzma is not supported; supported are gzip, deflate, br and zstd",
  },
  IDEMPOTENCY_KEY_INVALID: {
    advice: "Use a UUID: at most 200 visible ASCII characters.",
    detail: "Idempotency-Key is 240 characters; the limit is 200",
  },
  IDEMPOTENCY_KEY_REUSED: {
    advice: "Use a new key for each batch, and the same key and body when a batch is sent again.",
    detail: "the Idempotency-Key was used with another body 12 s ago",
  },
  PARAMETER_INVALID: {
    advice: "Send a value that the message allows.",
    detail: limitMessage,
    extensions: { problems: [{ path: "limit", code: "PARAMETER_INVALID", message: limitMessage }] },
  },
  PARAMETER_UNKNOWN: {
    advice: "Check the spelling; a filter that was passed over would give a wrong answer.",
    detail: unknownMessage,
    extensions: {
      problems: [{ path: "limt", code: "PARAMETER_UNKNOWN", message: unknownMessage }],
    },
  },
  EXPORT_TOO_LARGE: {
    advice:
      'Narrow the range, or page with `GET /logs`. On AWS, `read.invoke_mode = "RESPONSE_STREAM"` lifts the limit.',
    detail: "the export is larger than 4194304 bytes, the most that this host can answer at once",
  },
  QUERY_INVALID: {
    advice: "Mend what `problems` lists, each with its place in the query.",
    detail: "severities are words and do not compare; name them",
    extensions: {
      problems: [
        {
          from: 9,
          to: 18,
          message: "severities are words and do not compare; name them",
          suggestion: "(warning OR error)",
        },
      ],
    },
  },
  QUERY_TOO_LONG: {
    advice: "Shorten the query.",
    detail: "q is 5000 characters; the limit is 4096",
  },
  CURSOR_INVALID: {
    advice: "Send `nextCursor` as it came, or begin again without a cursor.",
    detail: "the cursor cannot be read",
  },
  CURSOR_MISMATCH: {
    advice:
      "With a cursor, change nothing but `limit`; begin again without it to ask another question.",
    detail: "the cursor belongs to a search with other parameters",
  },
  KEY_REQUIRED: {
    advice:
      "Send an API key: `Authorization: Bearer lsk_...`, `x-api-key`, or Basic with the key as password.",
    detail: "this server takes requests with an API key only",
  },
  KEY_INVALID: {
    advice: "Check that the key is whole, and neither expired nor withdrawn.",
    detail: "the API key is not known, or no longer valid",
  },
  TOKEN_INVALID: {
    advice: "Get a new token from the issuer; check that it is meant for this service (`aud`).",
    detail: "the token has expired",
  },
  SCOPE_REQUIRED: {
    advice: "Use a key with the scope that the message names.",
    detail: "the key lacks the scope read",
  },
  ORIGIN_FORBIDDEN: {
    advice: "Open the server by the address that it prints, or start it with keys.",
    detail: "the origin https://example.com may not use this server, which is open without keys",
  },
  ENTRY_NOT_FOUND: {
    advice: "Check the id, and the tenant of the key; the entry may also have expired.",
    detail: "there is no entry 01a2027b-d6fb-7c01-9f00-6b1e5a000009",
  },
  ERASURE_NOT_FOUND: {
    advice: "Check the id, and the tenant of the key.",
    detail: 'there is no erasure "3f0c2b0e-6b1e-4f7e-9c53-2b1b5a3f7a10"',
  },
  ERASURES_TOO_MANY: {
    advice: "Wait for the others to end, or ask for several at once: `player_id:(p-81 OR p-82)`.",
    detail: "20 erasures are running; the limit is 20",
  },
  ROUTE_NOT_FOUND: { advice: "See the list of routes.", detail: "there is no route /log" },
  METHOD_NOT_ALLOWED: {
    advice: "Use a method that the `Allow` header names.",
    detail: "DELETE is not a method of /logs; it has GET and POST",
  },
  RATE_EXCEEDED: {
    advice: "Send after the seconds in `Retry-After`, and larger batches less often.",
    detail: "the key may send 100 requests/s",
  },
  QUOTA_EXCEEDED: {
    advice:
      "Send less, or have the setting raised that the message names; `GET /usage` shows what was sent.",
    detail:
      "the tenant game-1 may send 1000000000 bytes a day (LOG_SERVICE_TENANT_BYTES_PER_DAY); the next day begins at 00:00 UTC",
  },
  ISSUER_UNAVAILABLE: {
    advice: retryLater,
    detail: "the keys of the issuer https://login.example.com cannot be fetched now",
  },
  BUSY: { advice: retryLater, detail: "the bodies in flight fill the 256 MiB that they may take" },
  SHUTTING_DOWN: { advice: retryLater, detail: "the server is shutting down" },
  STORE_UNAVAILABLE: { advice: retryLater, detail: "the store cannot be reached" },
  STORE_FULL: {
    advice:
      "Make room where the data lives, or shorten the retention; nothing that was acknowledged is lost.",
    detail: "the disk has no room left",
  },
  STORE_BUSY: { advice: retryLater, detail: "the store takes less than is sent to it" },
  STORE_IN_USE: {
    advice: "Stop the other process, or give this one another folder with `--data`.",
    detail: "the folder data is owned by process 4711",
  },
  CHUNK_CORRUPT: {
    advice: "Look into the server's log for the damaged part; the other parts stay readable.",
    detail: "the chunk that holds this entry is damaged",
  },
  INTERNAL: {
    advice: "Look into the server's log for the `requestId`, and report it.",
    detail: "the server failed",
  },
};
