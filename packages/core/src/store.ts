import type { Chunk, ChunkMeta, IdRun, Position } from "./chunk/chunk.ts";

/**
 * The port behind which chunks live. The core decides what a chunk is and what a query means; a store only keeps
 * chunks and finds them again by tenant and time. Each sentence with *must* is a test of the conformance suite in
 * `packages/stores/src/conformance`.
 *
 * A store throws `LogServiceError` only: STORE_UNAVAILABLE, STORE_BUSY and STORE_FULL for faults that pass (with
 * `retryAfterMs`), INTERNAL otherwise. No error of a driver leaves its folder.
 */
export interface ChunkStore extends AsyncDisposable {
  readonly capabilities: StoreCapabilities;

  /**
   * Stores chunks, of any tenants and times. It *must* be durable when it resolves: the entries survive a crash of
   * the process and of the machine. It *must not* replace a chunk that is there under the same tenant and id. The
   * outcomes *must* be in the order of the chunks. When it rejects, any of the chunks may have been stored.
   */
  put(chunks: readonly TenantChunk[], options?: CallOptions): Promise<readonly PutOutcome[]>;

  /**
   * Yields the chunks of a tenant that may hold entries in `[from, to)`, in slices, so that a reader that stops
   * early costs little. It *must* yield each chunk once that was there when the scan began, and *must* be ordered by
   * `bound`: descending for "newest", ascending for "oldest". It *must* resume at `startAt`, that chunk included. A
   * part of the store that cannot be read *must* be reported to `onDamage`, and the rest yielded.
   */
  scan(request: ScanRequest, options?: CallOptions): AsyncIterable<readonly StoredChunk[]>;

  /**
   * Finds the chunk that holds the entry, in a bounded number of keyed reads, whatever is stored; undefined when
   * there is none. It *must not* find another tenant's.
   */
  get(tenant: string, logId: string, options?: CallOptions): Promise<StoredChunk | undefined>;

  /**
   * Returns what arrived for a tenant after a position: how a tail goes on. Each chunk that is stored after a position was
   * given out *must* follow it once, in the order of arrival, whatever times its entries have; `capabilities` tells where
   * that is bounded. A chunk that was there already when it was put again *must not* arrive again. A position *must* stay
   * good when the store is opened again. When chunks may be missing behind `after`, it *must* say so with `hasGap`.
   */
  arrivals(request: ArrivalsRequest, options?: CallOptions): Promise<Arrivals>;

  /**
   * Calls the listener when chunks of the tenant were stored by this process, until it is disposed. Where arrivals are
   * exact, the listener *must* be called after each put that stored some, and for no other reason.
   */
  onArrival(tenant: string, listener: () => void): Disposable;

  /**
   * Keeps `value` under the key unless the tenant's key holds one already, and returns the value that it holds now.
   * Of any number of callers at once exactly one value *must* win. It *must* be durable when it resolves, and kept
   * until `expiresAt` (milliseconds since 1970); afterwards the key may be taken anew.
   */
  reserve(reservation: Reservation, options?: CallOptions): Promise<string>;

  /** Yields which tenants have chunks on which days of the range, the oldest day first. Stores that replace only. */
  tenants(range: TimeRange, options?: CallOptions): AsyncIterable<TenantDay>;

  /**
   * Puts chunks in the place of others: for compaction, and for erasure, where they hold fewer entries. It *must* replace
   * all of them or none, also when the process is killed midway. Each id of a former chunk *must* lead to the chunk that
   * has its entry now, and a former chunk that is put again *must* be found present. A chunk that it writes *must not*
   * arrive. A scan, also one that goes on from an earlier position, *must* come to each entry once. It is durable when it
   * resolves. Stores that replace only.
   */
  replace(replacement: Replacement, options?: CallOptions): Promise<ReplaceOutcome>;

  /**
   * Puts what an erasure leaves of a chunk in its place, under its id; a chunk of which nothing is left is gone. It *must*
   * change nothing unless the chunk is there as `old` says, and *must* keep no byte of what it was. Each id that is left
   * *must* lead to it, and a scan, also one that goes on, *must* come to each entry that is left once. What is left *must not*
   * arrive again. A chunk that is put again *must* be found present, whatever is left of it. It is durable when it resolves.
   * Stores that rewrite only.
   */
  rewrite(rewrite: Rewrite, options?: CallOptions): Promise<RewriteOutcome>;

  /**
   * Deletes chunks whose entries have all expired, at the latest a day after that, and resolves with their number. It
   * *must not* delete a chunk that has an entry at or after its tenant's time. Where expiry is eventual it does nothing.
   */
  expire(times: ExpiryTimes, options?: CallOptions): Promise<number>;

  /** Gives a small part of the space back that was freed; resolves with whether there is more. */
  reclaim(options?: CallOptions): Promise<boolean>;

  /**
   * Makes chunks unreadable in the store's files that were replaced in the days of a range, of any tenant. When it resolves
   * with "done", no file *must* hold bytes of chunks that were replaced up to `replacedTo`; with "later", someone may still
   * be reading some. Stores that replace or rewrite only.
   */
  purge(request: PurgeRequest, options?: CallOptions): Promise<"done" | "later">;

  /** Resolves when the store can take and return chunks now; rejects with the reason otherwise. */
  check(options?: CallOptions): Promise<void>;
}

export interface CallOptions {
  /** When it aborts, the call *must* reject with the signal's reason soon; what was begun may still take effect. */
  readonly signal?: AbortSignal | undefined;
}

export interface StoreCapabilities {
  /** Shown in logs and in `GET /ready`, as in "sqlite". */
  readonly name: string;
  /** The largest chunk it takes, in bytes. */
  readonly chunkBytesMax: number;
  /** Whether it keeps `replace`: a store that cannot *must* reject it, and leave everything as it is. */
  readonly canReplace: boolean;
  /** Whether it keeps `rewrite`: a store that cannot *must* reject that too. */
  readonly canRewrite: boolean;
  /** `exact`: by `expire`. `eventual`: the store deletes chunks by itself, some time after they expired. */
  readonly expiry: "exact" | "eventual";
  /**
   * `exact`: chunks arrive in the order in which they were stored, and only this process stores any. `bounded`: they are
   * found by the times of their entries; what comes minutes late is passed over, and nobody is told when some arrive.
   */
  readonly arrivals: "exact" | "bounded";
}

export interface TenantChunk extends Chunk {
  readonly tenant: string;
}

/**
 * `stored`: it is there now. `present`: a chunk with this id and digest was there already. `conflict`: another chunk
 * has this id (its digest differs), and this one is not stored.
 */
export type PutOutcome = "stored" | "present" | "conflict";

export interface ScanRequest {
  readonly tenant: string;
  /** Milliseconds since 1970, inclusive. */
  readonly from: number;
  /** Milliseconds since 1970, exclusive. */
  readonly to: number;
  readonly order: "newest" | "oldest";
  /**
   * The `position` of a chunk that an earlier scan of the same tenant and order yielded. What took the place of chunks
   * on both sides of it comes first.
   */
  readonly startAt?: string | undefined;
  /** Leaves out what cannot be replaced now: chunks that arrived within `arrivalsKeptMs`, or in a damaged part. */
  readonly isReplaceable?: boolean | undefined;
  readonly onDamage: (damage: Damage) => void;
}

/** Times in milliseconds since 1970: from inclusive, to exclusive. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** A tenant that may have chunks in a UTC day. */
export interface TenantDay extends TimeRange {
  readonly tenant: string;
}

export interface PurgeRequest extends TimeRange {
  /** Milliseconds since 1970. */
  readonly replacedTo: number;
  readonly onDamage: (damage: Damage) => void;
}

/** Up to when entries have expired, in milliseconds since 1970. */
export interface ExpiryTimes {
  of(tenant: string): number;
  /** The highest of all tenants' times. */
  readonly latest: number;
}

/** The most bytes of a chunk that takes the place of others. */
export const mergedBytesMax = 2 * 1024 * 1024;

/** Chunks that take the place of others do not cross a UTC hour: what is as wide as an hour at most can be found. */
export const mergedSpanMs = 3_600_000;

export interface Replacement {
  readonly tenant: string;
  /** One or more chunks of one UTC hour, as a scan with `isReplaceable` yielded them. */
  readonly old: readonly ChunkMeta[];
  /** All or some of the entries of the old chunks, with their ids; each chunk under an id that was never used. */
  readonly chunks: readonly MergedChunk[];
}

export interface MergedChunk extends Chunk {
  /**
   * Where its ids lie: for each chunk in which some of its entries first came, from the first id to the last. No id is in
   * two of a replacement.
   */
  readonly spans: readonly IdRun[];
  /** Tells what is not in it; undefined for a chunk that is read as fast. Nothing else lies in its buffer. */
  readonly filter: Uint8Array<ArrayBuffer> | undefined;
}

/**
 * `gone`: an old chunk is not there any more. `busy`: a scan that is under way has seen one part of them and not the
 * other, or one of them must stay as it came for now. Nothing has changed then.
 */
export type ReplaceOutcome = "replaced" | "gone" | "busy";

export interface Rewrite {
  readonly tenant: string;
  /** A chunk as a scan yielded it. */
  readonly old: ChunkMeta;
  /** Some of its entries, with their ids, under its id and with its digest; undefined when none is left. */
  readonly chunk: Chunk | undefined;
}

/** `gone`: the chunk is not there as it was; nothing has changed. */
export type RewriteOutcome = Exclude<ReplaceOutcome, "busy">;

export interface StoredChunk {
  readonly meta: ChunkMeta;
  /**
   * For "newest": no entry of this chunk, nor of any chunk that the scan yields after it, lies above this place.
   * For "oldest": none lies below it.
   */
  readonly bound: Position;
  /** Where a later scan can go on from, this chunk included. Opaque, printable ASCII, at most 100 characters. */
  readonly position: string;
  /**
   * Reads the filter that the chunk was stored with, without its bytes; undefined where it has none or cannot be read. A scan
   * *must* yield it with the chunk that has it. Absent where the store keeps no filters.
   */
  filter?(options?: CallOptions): Promise<Uint8Array | undefined>;
  /** Reads the chunk's bytes. Rejects with CHUNK_CORRUPT when the store knows them to be damaged. */
  bytes(options?: CallOptions): Promise<Uint8Array>;
}

export interface ArrivalsRequest {
  readonly tenant: string;
  /** A position of this store and tenant. Undefined: now; nothing has arrived since then. */
  readonly after: string | undefined;
  /** The most chunks: >= 1. */
  readonly limit: number;
  readonly onDamage: (damage: Damage) => void;
}

export interface Arrivals {
  /** In the order of arrival. */
  readonly chunks: readonly StoredChunk[];
  /**
   * Where to go on behind the first `count` of the chunks. Opaque, of letters, digits, `.`, `_` and `-`, at most 1,500
   * characters.
   */
  positionAfter(count: number): string;
  /** Whether more has arrived than these. */
  readonly hasMore: boolean;
  /** Whether chunks may be missing between `after` and now. There are no chunks then, and the position is that of now. */
  readonly hasGap: boolean;
}

/**
 * For so long after it arrived a chunk stays as it came, so that a tail can go on from there: compaction leaves it alone,
 * and a tail that was away for longer is told that it may have missed something. What compaction writes in place of
 * chunks never counts as arriving.
 */
export const arrivalsKeptMs = 15 * 60_000;

/** A part of a store that cannot be read. */
export interface Damage {
  /** What is damaged, for the log and for people, as in "the day 2026-11-22". */
  readonly part: string;
  readonly cause: unknown;
}

export interface Reservation {
  readonly tenant: string;
  readonly key: string;
  readonly value: string;
  /** The time of the request; a reservation that expired before it no longer counts. Milliseconds since 1970. */
  readonly now: number;
  readonly expiresAt: number;
}

/** The half of a store that the storing part of a service needs; `ChunkStore` says what each must do. */
export type ChunkSink = Pick<ChunkStore, "put" | "reserve">;
