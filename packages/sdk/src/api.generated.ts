// Made from packages/contract/src/routes by `npm run fix`; `npm run check` fails when it is stale.

/** ISO 8601 with a zone, milliseconds since 1970, relative like `-15m`, or a `Date`. */
export type Time = string | number | Date;

export interface ContextAnswer {
  /** The entries right before it, oldest first. */
  readonly before: readonly LogEntry[];
  readonly entry: LogEntry;
  /** The entries right after it, oldest first. */
  readonly after: readonly LogEntry[];
  /** False when neighbours are missing that were asked for: ask for fewer. */
  readonly complete: boolean;
  readonly warnings?: readonly Warning[];
}

export interface ErasureAnswer {
  /** Where the report is: `GET /erasures/{erasureId}`. */
  readonly id: string;
  /** `done`: nothing that matched is left in the store's files. `failed`: it has ended, and `left` says what it could not erase. */
  readonly state: "running" | "done" | "failed";
  /** What is erased. Told while it runs, and not kept beyond. */
  readonly query?: string;
  /** UTC, with milliseconds, as in 2026-11-22T09:00:00.123Z. */
  readonly from: string;
  /** UTC, with milliseconds, as in 2026-11-22T09:00:00.123Z. */
  readonly to: string;
  /** UTC, with milliseconds, as in 2026-11-22T09:00:00.123Z. */
  readonly createdAt: string;
  /** UTC, with milliseconds, as in 2026-11-22T09:00:00.123Z. */
  readonly finishedAt?: string;
  /** Entries that were found so far, erased or not. */
  readonly matched: number;
  /** Entries that are gone. */
  readonly erased: number;
  /** Chunks in which something was found; what else they held is in new ones. */
  readonly chunksRewritten: number;
  /** `recent`: what arrived in the last 15 minutes can be erased only then. `readers`: a request that still reads what is replaced. */
  readonly waitingFor?: "recent" | "readers";
  /** What it could not look into or erase: the first 100. */
  readonly left: readonly ({
    /** A chunk, or a part of the store. */
    readonly part: string;
    readonly reason: string;
  })[];
  readonly leftCount: number;
}

/** Stable: codes are never renamed. New ones may appear. */
export type ErrorCode = "ENTRY_INVALID" | "ENTRY_NOT_OBJECT" | "ENTRY_NOT_JSON" | "ENTRY_NOT_UTF8" | "ENTRY_TOO_LARGE" | "FIELD_REQUIRED" | "FIELD_TYPE_INVALID" | "FIELD_TOO_LONG" | "SEVERITY_INVALID" | "MESSAGE_EMPTY" | "MESSAGE_TOO_LARGE" | "TIMESTAMP_INVALID" | "TIMESTAMP_TOO_FAR_AHEAD" | "TIMESTAMP_TOO_OLD" | "TIMESTAMP_REQUIRED" | "ATTRIBUTE_NAME_TOO_LONG" | "ATTRIBUTE_VALUE_TOO_LARGE" | "TOO_MANY_ATTRIBUTES" | "ATTRIBUTES_TOO_DEEP" | "BATCH_EMPTY" | "BATCH_ALL_REJECTED" | "BATCH_TOO_LARGE" | "BODY_INVALID" | "BODY_TOO_LARGE" | "BODY_TIMEOUT" | "CONTENT_TYPE_UNSUPPORTED" | "CONTENT_ENCODING_UNSUPPORTED" | "IDEMPOTENCY_KEY_INVALID" | "IDEMPOTENCY_KEY_REUSED" | "PARAMETER_INVALID" | "PARAMETER_UNKNOWN" | "EXPORT_TOO_LARGE" | "QUERY_INVALID" | "QUERY_TOO_LONG" | "CURSOR_INVALID" | "CURSOR_MISMATCH" | "KEY_REQUIRED" | "KEY_INVALID" | "TOKEN_INVALID" | "SCOPE_REQUIRED" | "ORIGIN_FORBIDDEN" | "ENTRY_NOT_FOUND" | "ERASURE_NOT_FOUND" | "ERASURES_TOO_MANY" | "ROUTE_NOT_FOUND" | "METHOD_NOT_ALLOWED" | "RATE_EXCEEDED" | "QUOTA_EXCEEDED" | "ISSUER_UNAVAILABLE" | "BUSY" | "SHUTTING_DOWN" | "STORE_UNAVAILABLE" | "STORE_FULL" | "STORE_BUSY" | "STORE_IN_USE" | "CHUNK_CORRUPT" | "INTERNAL";

export interface FieldValuesAnswer {
  readonly name: string;
  /** The most frequent first. */
  readonly values: readonly ({
    readonly value: string | number | boolean;
    readonly count: number;
  })[];
  /** Entries with a value that is not listed. */
  readonly otherCount: number;
  /** How many different values there are, exactly up to 200,000, within some percent beyond. */
  readonly distinct: number;
  /** False when the budget ran out: the newest part of the range is counted. */
  readonly complete: boolean;
  readonly warnings?: readonly Warning[];
}

export interface FieldsAnswer {
  /** The most frequent first. */
  readonly fields: readonly ({
    /** As a query names it. */
    readonly name: string;
    /** Entries by the type of the value. */
    readonly types: {
      readonly string?: number;
      readonly number?: number;
      readonly boolean?: number;
    };
    readonly count: number;
    /** With `distinct=true`: how many different values there are, exactly up to 128, within some percent beyond. Left out for the message. */
    readonly distinct?: number;
  })[];
  /** False when the budget ran out: the newest part of the range is counted. */
  readonly complete: boolean;
  readonly warnings?: readonly Warning[];
}

export interface HealthAnswer {
  readonly status: "ok";
}

export interface IngestManyAnswer {
  readonly accepted: number;
  readonly rejectedCount: number;
  /** The first 100 that were refused. */
  readonly rejected: readonly RejectedEntry[];
  /** There when all of it had been stored before; nothing was added. */
  readonly duplicate?: true;
}

export interface IngestOneAnswer {
  readonly logId: LogId;
  /** UTC, with milliseconds, as in 2026-11-22T09:00:00.123Z. */
  readonly timestamp: string;
  /** There when all of it had been stored before; nothing was added. */
  readonly duplicate?: true;
}

export interface LogEntry {
  readonly logId: LogId;
  /** UTC, with milliseconds, as in 2026-11-22T09:00:00.123Z. */
  readonly timestamp: string;
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
  readonly service?: string;
  /** The sender's own word for the severity, as it came. */
  readonly level?: string;
  readonly traceId?: string;
  readonly spanId?: string;
  /** Flat: nested objects became dotted names, arrays JSON text. */
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

/** Unique and stable for ever: a UUIDv7 in lower case. */
export type LogId = string;

export interface PatternsAnswer {
  /** Milliseconds since 1970, inclusive. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly compareTo?: {
    /** Milliseconds since 1970, inclusive. */
    readonly from: number;
    /** Exclusive. */
    readonly to: number;
  };
  /** How many entries match. */
  readonly total: number;
  /** The most frequent first. With `compareTo` what is new, then what is gone, has grown, has shrunk, and the rest. */
  readonly patterns: readonly ({
    /** The message, with placeholders like `<num>`, `<id>` or `<time>` for what differs, and `<*>` for free text. */
    readonly pattern: string;
    /** Names the pattern: the same text has the same hash, today and tomorrow. */
    readonly hash: string;
    /** A value for `q` that finds every entry of the pattern, and perhaps others with the same words; empty where the pattern has no words. */
    readonly query: string;
    readonly count: number;
    /** Of all entries that match in the range, 0 to 1. */
    readonly share: number;
    /** UTC, with milliseconds, as in 2026-11-22T09:00:00.123Z. */
    readonly firstSeen: string;
    /** UTC, with milliseconds, as in 2026-11-22T09:00:00.123Z. */
    readonly lastSeen: string;
    readonly severities: {
      readonly info: number;
      readonly warning: number;
      readonly error: number;
    };
    /** The newest entry. */
    readonly example: {
      readonly logId: LogId;
      /** Its first 1,000 characters. */
      readonly message: string;
    };
    /** With `compareTo`: `grown` and `shrunk` are shares that differ by half or more, and by more than chance. What is gone has the other range's times, severities and example. */
    readonly change?: "new" | "gone" | "grown" | "shrunk" | "same";
    /** With `compareTo`: what it was in the other range. */
    readonly before?: {
      readonly count: number;
      /** Of all entries that match in the range, 0 to 1. */
      readonly share: number;
    };
  })[];
  /** The entries whose pattern is not listed. */
  readonly other: {
    readonly count: number;
    /** Of all entries that match in the range, 0 to 1. */
    readonly share: number;
  };
  /** False when the budget ran out: the newest part of the range is counted. */
  readonly complete: boolean;
  readonly warnings?: readonly Warning[];
}

export interface PostedEntry {
  readonly timestamp?: number | string | null;
  readonly severity: "info" | "warning" | "error";
  /** At most 65536 bytes of UTF-8. */
  readonly message: string;
  readonly service?: string | null;
  readonly level?: string | null;
  readonly traceId?: string | null;
  readonly spanId?: string | null;
  readonly attributes?: Readonly<Record<string, unknown>> | null;
  readonly [name: string]: unknown;
}

export interface Problem {
  /** Dotted, as in `attributes.player.id`; a parameter's name; empty for the whole. */
  readonly path: string;
  readonly code: ErrorCode;
  readonly message: string;
}

export interface ProblemAnswer {
  /** Names the kind of problem. */
  readonly type: string;
  /** The same for every occurrence. */
  readonly title: string;
  readonly status: number;
  /** This occurrence: the offending value and the limit. */
  readonly detail: string;
  readonly code: ErrorCode;
  /** Also in the `x-request-id` header and in the server's log. */
  readonly requestId: string;
  /** What is wrong: in an entry or the parameters, or in the query. */
  readonly problems?: readonly Problem[] | readonly QueryProblem[];
  readonly accepted?: 0;
  readonly rejectedCount?: number;
  readonly rejected?: readonly RejectedEntry[];
}

export interface QueryProblem {
  /** Where it begins in the query, in UTF-16 units. */
  readonly from: number;
  /** Where it ends, exclusive. */
  readonly to: number;
  readonly message: string;
  /** What to write there instead; empty to leave it out. */
  readonly suggestion?: string;
}

export interface ReadyAnswer {
  readonly status: "ready";
  /** The kind of store behind the service. */
  readonly store: string;
}

export interface RejectedEntry {
  /** The entry's place in the batch, from 0; in NDJSON and text, non-empty lines count. */
  readonly index: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly problems: readonly Problem[];
}

export interface SearchAnswer {
  /** How many entries `logs` has. */
  readonly count: number;
  readonly logs: readonly LogEntry[];
  /** Leads to the next page. Null at the end, and only there. */
  readonly nextCursor: string | null;
  /** False when the search's budget ran out first: go on from `nextCursor`. */
  readonly complete: boolean;
  /** Down to here the range was searched; up to here with `order=oldest`. */
  readonly scannedTo?: number;
  readonly warnings?: readonly Warning[];
}

export interface StatsAnswer {
  /** The range, in milliseconds since 1970: inclusive. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly intervalMs: number | null;
  /** The largest groups, the largest first. */
  readonly groups: readonly ({
    /** The values that its entries share; null for entries without one. */
    readonly by: Readonly<Record<string, string | number | boolean | null>>;
    /** Each is the beginning of an interval in milliseconds since 1970, then the measures in their order; null where no entry has a number. Intervals without entries are left out. */
    readonly points: readonly (readonly (number | null)[])[];
  })[];
  /** All other groups together. */
  readonly other?: {
    /** Each is the beginning of an interval in milliseconds since 1970, then the measures in their order; null where no entry has a number. Intervals without entries are left out. */
    readonly points: readonly (readonly (number | null)[])[];
  };
  /** False when the budget ran out: see `scannedTo`. */
  readonly complete: boolean;
  /** All before it is counted, nothing from it on; ask again with it as `from`. */
  readonly scannedTo?: number;
  readonly warnings?: readonly Warning[];
}

export interface TailAnswer {
  /** In the order of arrival. */
  readonly logs: readonly LogEntry[];
  /** Leads on. It is never null: a tail has no end. */
  readonly nextCursor: string;
  /** When to ask again; 0: at once. */
  readonly retryAfterMs: number;
  /** There when the cursor was too old: something may be missing before these. */
  readonly resync?: true;
  readonly warnings?: readonly Warning[];
}

export interface UsageAnswer {
  /** In UTC, as in `2026-11-22`. */
  readonly from: string;
  /** In UTC, as in `2026-11-22`. */
  readonly to: string;
  /** Days on which something was sent, the newest first. */
  readonly days: readonly ({
    /** In UTC, as in `2026-11-22`. */
    readonly day: string;
    /** Entries that were stored. */
    readonly entries: number;
    /** Bytes of bodies after decompression, those of refused entries included. */
    readonly bytes: number;
    /** The largest first; null stands for entries without a service. */
    readonly services: readonly ({
      readonly service: string | null;
      /** Entries that were stored. */
      readonly entries: number;
      /** Bytes of bodies after decompression, those of refused entries included. */
      readonly bytes: number;
    })[];
    /** The services beyond the hundred that are told apart in a day. */
    readonly other?: {
      /** Entries that were stored. */
      readonly entries: number;
      /** Bytes of bodies after decompression, those of refused entries included. */
      readonly bytes: number;
    };
  })[];
  readonly total: {
    /** Entries that were stored. */
    readonly entries: number;
    /** Bytes of bodies after decompression, those of refused entries included. */
    readonly bytes: number;
  };
}

export interface Warning {
  readonly code: ErrorCode | "BUDGET_SPENT" | "GROUPS_LIMITED" | "QUERY_HINT";
  readonly message: string;
}

export interface FilterParameters {
  /** Only entries that match this query: words and phrases of the message, fields, numbers, `AND`, `OR`, `NOT`; see docs/query-language.md. Empty means everything. Encode it for a URL. */
  readonly q?: string | undefined;
  /** Only entries of these severities. */
  readonly severity?: "info" | "warning" | "error" | readonly ("info" | "warning" | "error")[] | undefined;
  /** Only entries of this service, compared exactly. */
  readonly service?: string | undefined;
}

export interface RangeParameters {
  /** Only entries at or after this time: ISO 8601 with a zone, epoch milliseconds, or relative like `-15m` (s, m, h, d, w). */
  readonly from?: Time | undefined;
  /** Only entries before this time, in the same forms as `from`. */
  readonly to?: Time | undefined;
}

export interface IngestParameters {
  /** With `content`, equal batches are the same batch: a repeat stores nothing. Every entry needs its own timestamp. */
  readonly dedupe?: "content" | undefined;
  /** The severity of each line of a plain text body, `info` when left out; other bodies carry their own. */
  readonly severity?: "info" | "warning" | "error" | undefined;
  /** The service of each line of a plain text body; other bodies carry their own. */
  readonly service?: string | undefined;
}

export interface SearchParameters extends FilterParameters, RangeParameters {
  /** The end to begin at. */
  readonly order?: "newest" | "oldest" | undefined;
  /** The most entries in the page. */
  readonly limit?: number | undefined;
  /** The `nextCursor` of the page before. Opaque. */
  readonly cursor?: string | undefined;
}

export interface TailParameters extends FilterParameters {
  /** The seconds to wait when nothing has arrived yet. */
  readonly wait?: number | undefined;
  /** The most entries in the answer. */
  readonly limit?: number | undefined;
  /** The `nextCursor` of the answer before. Opaque. */
  readonly cursor?: string | undefined;
}

export interface ExportParameters extends FilterParameters, RangeParameters {
  /** The format of the file. */
  readonly format?: "ndjson" | "csv" | undefined;
  /** The columns of a CSV: fields as a query names them, or `attributes` for all attributes as JSON; at most 200. Without it: `timestamp`, `severity`, `service`, `level`, `message`, `traceId`, `spanId`, `logId`, `attributes`. */
  readonly columns?: string | readonly string[] | undefined;
  /** The end to begin at. */
  readonly order?: "newest" | "oldest" | undefined;
}

export interface StatsParameters extends FilterParameters, RangeParameters {
  /** What to compute: `count` (also when left out), and `sum`, `min`, `max`, `avg`, `p50`, `p95`, `p99` of a numeric field. */
  readonly measure?: string | readonly string[] | undefined;
  /** A group for each combination of the values of these fields; at most 4. */
  readonly by?: string | readonly string[] | undefined;
  /** A point for each interval of this length; without it there is one point. */
  readonly interval?: string | undefined;
  /** How many groups; the rest is in `other`. */
  readonly top?: number | undefined;
}

export interface FieldsParameters extends FilterParameters, RangeParameters {
  /** `true`: also how many different values each field has. It reads all values, where otherwise a directory is enough. */
  readonly distinct?: "true" | "false" | undefined;
}

export interface FieldValuesParameters extends FilterParameters, RangeParameters {
  /** The field, as a query names it; encode it for a URL. */
  readonly name: string;
  /** The most values. */
  readonly limit?: number | undefined;
}

export interface PatternsParameters extends FilterParameters, RangeParameters {
  /** How many patterns; the rest is in `other`. */
  readonly top?: number | undefined;
  /** Another range: `previous` (as long, right before `from`), a time back like `-1d` (the same range, a day earlier), or two times like `-2h..-1h`, each in the forms of `from`. The first two need `from`. */
  readonly compareTo?: string | undefined;
}

export interface GetParameters {
  /** The entry's id. */
  readonly logId: LogId;
}

export interface ContextParameters {
  /** The entry's id. */
  readonly logId: LogId;
  /** How many entries before it. */
  readonly before?: number | undefined;
  /** How many entries after it. */
  readonly after?: number | undefined;
  /** Only neighbours that match this query, as in `GET /logs`. */
  readonly q?: string | undefined;
}

export interface UsageParameters {
  /** A time in the first day; 30 days ago when left out. */
  readonly from?: Time | undefined;
  /** A time in the last day; today when left out. */
  readonly to?: Time | undefined;
}

export interface EraseParameters extends FilterParameters, RangeParameters {
  /** `true`: really all entries of the range. Without it a query that matches everything is refused. */
  readonly everything?: "true" | "false" | undefined;
}

export interface ErasureParameters {
  /** The `id` that `POST /erasures` answered. */
  readonly erasureId: string;
}

export type HealthParameters = Readonly<Record<never, never>>;

export type ReadyParameters = Readonly<Record<never, never>>;

export type MetricsParameters = Readonly<Record<never, never>>;

export type OpenapiParameters = Readonly<Record<never, never>>;

/** What each operation of the API takes and answers, by its `operationId`. */
export interface Operations {
  /** Stores one entry, or many. */
  readonly ingest: {
    readonly parameters: IngestParameters;
    readonly answer: IngestOneAnswer | IngestManyAnswer;
  };
  /** Returns the newest entries, or those that match. */
  readonly search: {
    readonly parameters: SearchParameters;
    readonly answer: SearchAnswer;
  };
  /** Follows new entries as they arrive. */
  readonly tail: {
    readonly parameters: TailParameters;
    readonly answer: TailAnswer;
  };
  /** Returns everything that matches, as a file. */
  readonly export: {
    readonly parameters: ExportParameters;
    readonly answer: string;
  };
  /** Counts and measures entries, over time and by groups. */
  readonly stats: {
    readonly parameters: StatsParameters;
    readonly answer: StatsAnswer;
  };
  /** Lists the fields that entries have. */
  readonly fields: {
    readonly parameters: FieldsParameters;
    readonly answer: FieldsAnswer;
  };
  /** Lists the values of one field. */
  readonly fieldValues: {
    readonly parameters: FieldValuesParameters;
    readonly answer: FieldValuesAnswer;
  };
  /** Groups messages by their shape, and compares two ranges. */
  readonly patterns: {
    readonly parameters: PatternsParameters;
    readonly answer: PatternsAnswer;
  };
  /** Returns one entry by its id. */
  readonly get: {
    readonly parameters: GetParameters;
    readonly answer: LogEntry;
  };
  /** Returns one entry with its neighbours. */
  readonly context: {
    readonly parameters: ContextParameters;
    readonly answer: ContextAnswer;
  };
  /** Tells what was sent, by day and service. */
  readonly usage: {
    readonly parameters: UsageParameters;
    readonly answer: UsageAnswer;
  };
  /** Removes the entries that match, for good. */
  readonly erase: {
    readonly parameters: EraseParameters;
    readonly answer: ErasureAnswer;
  };
  /** Tells how far an erasure is. */
  readonly erasure: {
    readonly parameters: ErasureParameters;
    readonly answer: ErasureAnswer;
  };
  /** Says that the process runs. */
  readonly health: {
    readonly parameters: HealthParameters;
    readonly answer: HealthAnswer;
  };
  /** Says whether requests can be served now. */
  readonly ready: {
    readonly parameters: ReadyParameters;
    readonly answer: ReadyAnswer;
  };
  /** Returns the counters of the process, for Prometheus. */
  readonly metrics: {
    readonly parameters: MetricsParameters;
    readonly answer: string;
  };
  /** Returns the description of this API. */
  readonly openapi: {
    readonly parameters: OpenapiParameters;
    readonly answer: {
      readonly openapi: string;
      readonly info: {
        readonly title: string;
        readonly version: string;
        readonly [name: string]: unknown;
      };
      readonly paths: Readonly<Record<string, unknown>>;
      readonly [name: string]: unknown;
    };
  };
}

/** The method and path of each operation. */
export const operations = {
  ingest: "POST /logs",
  search: "GET /logs",
  tail: "GET /logs/tail",
  export: "GET /logs/export",
  stats: "GET /logs/stats",
  fields: "GET /logs/fields",
  fieldValues: "GET /logs/fields/{name}",
  patterns: "GET /logs/patterns",
  get: "GET /logs/{logId}",
  context: "GET /logs/{logId}/context",
  usage: "GET /usage",
  erase: "POST /erasures",
  erasure: "GET /erasures/{erasureId}",
  health: "GET /health",
  ready: "GET /ready",
  metrics: "GET /metrics",
  openapi: "GET /openapi.json",
} as const satisfies Record<keyof Operations, string>;
