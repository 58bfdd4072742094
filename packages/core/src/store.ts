import type { Chunk, ChunkMeta, Position } from "./chunk/chunk.ts";

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
   * Keeps `value` under the key unless the tenant's key holds one already, and returns the value that it holds now.
   * Of any number of callers at once exactly one value *must* win. It *must* be durable when it resolves, and kept
   * until `expiresAt` (milliseconds since 1970); afterwards the key may be taken anew.
   */
  reserve(reservation: Reservation, options?: CallOptions): Promise<string>;

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
  /** The `position` of a chunk that an earlier scan of the same tenant and order yielded. */
  readonly startAt?: string | undefined;
  readonly onDamage: (damage: Damage) => void;
}

export interface StoredChunk {
  readonly meta: ChunkMeta;
  /**
   * For "newest": no entry of this chunk, nor of any chunk that the scan yields after it, lies above this place.
   * For "oldest": none lies below it.
   */
  readonly bound: Position;
  /** Where a later scan can go on from, this chunk included. Opaque, printable ASCII, at most 100 characters. */
  readonly position: string;
  /** Reads the chunk's bytes. Rejects with CHUNK_CORRUPT when the store knows them to be damaged. */
  bytes(options?: CallOptions): Promise<Uint8Array>;
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
