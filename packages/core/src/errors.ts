/** What an error means to a caller. A host maps the kind to its protocol, for example to an HTTP status. */
export type ErrorKind =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "notFound"
  | "methodNotAllowed"
  | "timeout"
  | "tooLarge"
  | "unsupported"
  | "mismatch"
  | "throttled"
  | "internal"
  | "unavailable";

interface ErrorDefinition {
  readonly kind: ErrorKind;
  /** The same for every occurrence; the particulars are in the message of the error. */
  readonly title: string;
}

/** Every error that a caller can see. Codes are stable: they are never renamed, and never reused. */
export const errorCatalogue = {
  ENTRY_INVALID: { kind: "invalid", title: "The entry has problems, each listed with its path" },
  ENTRY_NOT_OBJECT: { kind: "invalid", title: "An entry must be a JSON object" },
  ENTRY_NOT_JSON: { kind: "invalid", title: "The line is not JSON" },
  ENTRY_NOT_UTF8: { kind: "invalid", title: "The line is not UTF-8" },
  ENTRY_TOO_LARGE: { kind: "invalid", title: "The entry is larger than the limit" },
  FIELD_REQUIRED: { kind: "invalid", title: "A required field is missing" },
  FIELD_TYPE_INVALID: { kind: "invalid", title: "A field has the wrong type" },
  FIELD_TOO_LONG: { kind: "invalid", title: "A field is longer than the limit" },
  SEVERITY_INVALID: { kind: "invalid", title: "The severity is not info, warning or error" },
  MESSAGE_EMPTY: { kind: "invalid", title: "The message is empty" },
  MESSAGE_TOO_LARGE: { kind: "invalid", title: "The message is larger than the limit" },
  TIMESTAMP_INVALID: {
    kind: "invalid",
    title: "The timestamp is neither ISO 8601 nor epoch milliseconds",
  },
  TIMESTAMP_TOO_FAR_AHEAD: { kind: "invalid", title: "The timestamp lies too far in the future" },
  TIMESTAMP_TOO_OLD: { kind: "invalid", title: "The timestamp is older than the retention" },
  TIMESTAMP_REQUIRED: {
    kind: "invalid",
    title: "Deduplication by content needs a timestamp in every entry",
  },
  ATTRIBUTE_NAME_TOO_LONG: {
    kind: "invalid",
    title: "An attribute's name is longer than the limit",
  },
  ATTRIBUTE_VALUE_TOO_LARGE: {
    kind: "invalid",
    title: "An attribute's value is larger than the limit",
  },
  TOO_MANY_ATTRIBUTES: { kind: "invalid", title: "The entry has more attributes than the limit" },
  ATTRIBUTES_TOO_DEEP: {
    kind: "invalid",
    title: "The attributes are nested deeper than the limit",
  },
  BATCH_EMPTY: { kind: "invalid", title: "The batch has no entry" },
  BATCH_ALL_REJECTED: { kind: "invalid", title: "No entry of the batch could be accepted" },
  BATCH_TOO_LARGE: { kind: "tooLarge", title: "The batch has more entries than the limit" },
  BODY_INVALID: { kind: "invalid", title: "The body is not what its headers say" },
  BODY_TOO_LARGE: { kind: "tooLarge", title: "The body is larger than the limit" },
  BODY_TIMEOUT: { kind: "timeout", title: "The body did not arrive in time" },
  CONTENT_TYPE_UNSUPPORTED: { kind: "unsupported", title: "The content type is not supported" },
  CONTENT_ENCODING_UNSUPPORTED: {
    kind: "unsupported",
    title: "The content encoding is not supported",
  },
  IDEMPOTENCY_KEY_INVALID: { kind: "invalid", title: "The Idempotency-Key cannot be used" },
  IDEMPOTENCY_KEY_REUSED: {
    kind: "mismatch",
    title: "The Idempotency-Key was used with another body",
  },
  PARAMETER_INVALID: { kind: "invalid", title: "A parameter has a value that cannot be used" },
  PARAMETER_UNKNOWN: { kind: "invalid", title: "The route has no such parameter" },
  EXPORT_TOO_LARGE: { kind: "tooLarge", title: "The export is larger than this host can answer" },
  QUERY_INVALID: { kind: "invalid", title: "The query has problems, each listed with its place" },
  QUERY_TOO_LONG: { kind: "invalid", title: "The query is longer than the limit" },
  CURSOR_INVALID: { kind: "invalid", title: "The cursor is not one of this service" },
  CURSOR_MISMATCH: { kind: "invalid", title: "The cursor belongs to another question" },
  KEY_REQUIRED: { kind: "unauthenticated", title: "An API key is required" },
  KEY_INVALID: { kind: "unauthenticated", title: "The API key is not valid" },
  TOKEN_INVALID: { kind: "unauthenticated", title: "The access token is not valid" },
  SCOPE_REQUIRED: { kind: "forbidden", title: "The API key lacks the scope for this route" },
  ORIGIN_FORBIDDEN: {
    kind: "forbidden",
    title: "An open server answers only to this machine's own pages and names",
  },
  ENTRY_NOT_FOUND: { kind: "notFound", title: "There is no such entry" },
  ERASURE_NOT_FOUND: { kind: "notFound", title: "There is no such erasure" },
  ERASURES_TOO_MANY: { kind: "throttled", title: "The tenant has as many erasures as may run" },
  ROUTE_NOT_FOUND: { kind: "notFound", title: "There is no such route" },
  METHOD_NOT_ALLOWED: { kind: "methodNotAllowed", title: "The route has no such method" },
  RATE_EXCEEDED: { kind: "throttled", title: "The key sends more than it may" },
  QUOTA_EXCEEDED: { kind: "throttled", title: "The tenant has sent what it may send in a day" },
  ISSUER_UNAVAILABLE: {
    kind: "unavailable",
    title: "The keys of the tokens' issuer cannot be fetched",
  },
  BUSY: { kind: "unavailable", title: "The server holds as many bodies as it has room for" },
  SHUTTING_DOWN: { kind: "unavailable", title: "The server is shutting down" },
  STORE_UNAVAILABLE: { kind: "unavailable", title: "The store cannot be reached or is not ready" },
  STORE_FULL: { kind: "unavailable", title: "The store has no room left" },
  STORE_BUSY: { kind: "unavailable", title: "The store takes less than is sent to it" },
  STORE_IN_USE: { kind: "unavailable", title: "Another process owns the data folder" },
  CHUNK_CORRUPT: { kind: "internal", title: "A stored chunk is damaged" },
  INTERNAL: { kind: "internal", title: "The server failed; its log has the reason" },
} as const satisfies Record<string, ErrorDefinition>;

export type ErrorCode = keyof typeof errorCatalogue;

/** One thing that is wrong with an input. `path` is dotted, as in `attributes.player.id`; empty for the whole. */
export interface Problem {
  readonly path: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** One thing that has no meaning in the text of a query. Offsets are in UTF-16 units, `to` exclusive. */
export interface QueryProblem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  /** What to write in place of that part of the text; empty to leave it out. */
  readonly suggestion?: string;
}

interface ErrorDetails {
  /** What led to it. It goes to the log and never to a caller. */
  readonly cause?: unknown;
  /** When trying again makes sense. */
  readonly retryAfterMs?: number;
  readonly problems?: readonly Problem[];
  /** Of QUERY_INVALID. */
  readonly queryProblems?: readonly QueryProblem[];
}

/** The one error of this project. `message` is for the caller: the value and the limit, nothing internal. */
export class LogServiceError extends Error {
  override readonly name = "LogServiceError";
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;
  readonly problems: readonly Problem[];
  readonly queryProblems: readonly QueryProblem[];

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.retryAfterMs = details.retryAfterMs;
    this.problems = details.problems ?? [];
    this.queryProblems = details.queryProblems ?? [];
  }

  get kind(): ErrorKind {
    return errorCatalogue[this.code].kind;
  }
}

/** Recognises the error by name: it may come from another bundle or another thread, where `instanceof` fails. */
export const isLogServiceError = (error: unknown): error is LogServiceError =>
  error instanceof Error && error.name === "LogServiceError" && "code" in error;

/** An error as plain data: what clones an error between threads drops its own properties. */
export type ErrorParts = Pick<LogServiceError, "code" | "message" | "problems">;

export const partsOfError = ({ code, message, problems }: LogServiceError): ErrorParts => ({
  code,
  message,
  problems,
});

export const errorOfParts = ({ code, message, problems }: ErrorParts): LogServiceError =>
  new LogServiceError(code, message, { problems });
