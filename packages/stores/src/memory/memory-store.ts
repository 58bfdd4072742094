import {
  type ChunkStore,
  chunkBytesMax as chunkBytesMaxOfIngest,
  chunkIdOf,
  comparePositions,
  isLogId,
  LogServiceError,
  type Position,
  type PutOutcome,
  type Reservation,
  type ScanRequest,
  type StoredChunk,
  type TenantChunk,
} from "@log-service/core";
import { createListeners } from "../arrival-listeners.ts";
import { assertRewritable, assertStorable, mayHold } from "../chunk-rules.ts";
import { parsePosition, printPosition } from "../scan-position.ts";
import { createArrivals } from "./arrivals.ts";
import {
  createTenantChunks,
  expireChunks,
  findMerged,
  isReplaceable,
  type Kept,
  replaceChunks,
  rewriteChunk,
  type TenantChunks,
  tenantDays,
} from "./upkeep.ts";

export interface MemoryStoreOptions {
  readonly chunkBytesMax?: number | undefined;
  /** Milliseconds since 1970. */
  readonly clock?: (() => number) | undefined;
}

const sliceChunks = 8;

const boundOf = (
  { meta, former = meta }: Pick<Kept, "meta" | "former">,
  order: ScanRequest["order"],
): Position =>
  order === "newest"
    ? { time: former.maxTime, id: former.maxId }
    : { time: former.minTime, id: former.minId };

const opposite = { newest: "oldest", oldest: "newest" } as const;

const toStored = (kept: Kept, order: ScanRequest["order"]): StoredChunk => {
  const { meta, bytes } = kept;
  const bound = boundOf(kept, order);
  return {
    meta,
    bound,
    position: printPosition(order, bound),
    filter: async (options) => {
      options?.signal?.throwIfAborted();
      return kept.filter;
    },
    // A copy, since a reader may hand the buffer to another thread.
    bytes: async (options) => {
      options?.signal?.throwIfAborted();
      return bytes.slice();
    },
  };
};

/** The chunks that may hold entries of the range, in the order of the scan. */
const select = (chunks: Iterable<Kept>, request: ScanRequest, now: number): StoredChunk[] => {
  const { from, to, order, startAt } = request;
  const sign = order === "newest" ? -1 : 1;
  const compare = (a: Position, b: Position) => sign * comparePositions(a, b);
  const start = startAt === undefined ? undefined : parsePosition(order, startAt);
  return Array.from(chunks)
    .filter(({ meta }) => meta.maxTime >= from && meta.minTime < to)
    .filter((kept) => request.isReplaceable !== true || isReplaceable(kept, now))
    .filter(
      (kept) =>
        start === undefined ||
        compare(boundOf(kept, order), start) >= 0 ||
        // It may have taken the place of a chunk behind the start.
        (kept.arrival === 0 && compare(boundOf(kept, opposite[order]), start) >= 0),
    )
    .map((kept) => toStored(kept, order))
    .sort((a, b) => compare(a.bound, b.bound));
};

const putOne = (
  { chunks, replaced }: TenantChunks,
  { meta, bytes }: TenantChunk,
  arrived: Pick<Kept, "arrival" | "arrivedAt">,
): PutOutcome => {
  const there = chunks.get(meta.id)?.meta;
  if (there !== undefined || replaced.has(meta.id)) {
    const digest = there === undefined ? replaced.get(meta.id) : there.digest;
    return digest === meta.digest ? "present" : "conflict";
  }
  // A copy, since the writer may hand the buffer to another thread.
  chunks.set(meta.id, { meta, bytes: bytes.slice(), spans: [], ...arrived });
  return "stored";
};

const find = (chunks: Map<string, Kept>, logId: string): StoredChunk | undefined => {
  if (!isLogId(logId)) return undefined;
  const first = chunks.get(chunkIdOf(logId));
  const isInside = first !== undefined && first.spans.length === 0 && mayHold(first.meta, logId);
  const kept = isInside ? first : findMerged(chunks.values(), logId);
  return kept && toStored(kept, "newest");
};

const createReservations = () => {
  const held = new Map<string, Reservation>();
  return (reservation: Reservation): string => {
    const key = JSON.stringify([reservation.tenant, reservation.key]);
    const there = held.get(key);
    if (there !== undefined && there.expiresAt > reservation.now) return there.value;
    held.set(key, reservation);
    return reservation.value;
  };
};

interface Parts {
  readonly tenants: ReadonlyMap<string, TenantChunks>;
  readonly ofTenant: (tenant: string) => TenantChunks;
  readonly begin: (signal: AbortSignal | undefined) => void;
  readonly clock: () => number;
  readonly chunkBytesMax: number;
}

const createUpkeep = ({
  tenants,
  ofTenant,
  begin,
  clock,
  chunkBytesMax,
}: Parts): Pick<
  ChunkStore,
  "tenants" | "replace" | "rewrite" | "expire" | "reclaim" | "purge"
> => ({
  tenants: async function* (range, options) {
    begin(options?.signal);
    yield* tenantDays(tenants, range);
  },
  replace: async (replacement, options) => {
    begin(options?.signal);
    return replaceChunks(ofTenant(replacement.tenant), replacement, clock());
  },
  rewrite: async (rewrite, options) => {
    begin(options?.signal);
    assertRewritable(rewrite, chunkBytesMax);
    return rewriteChunk(ofTenant(rewrite.tenant), rewrite);
  },
  expire: async (times, options) => {
    begin(options?.signal);
    return expireChunks(tenants, times);
  },
  reclaim: async (options) => {
    begin(options?.signal);
    return false;
  },
  purge: async (_request, options) => {
    begin(options?.signal);
    return "done";
  },
});

const capabilities = {
  name: "memory",
  arrivals: "exact",
  canReplace: true,
  canRewrite: true,
  expiry: "exact",
} as const;

/**
 * Creates a store that forgets everything with its process. It is written to be obviously right, since the other
 * stores are compared with it: a scan sorts all chunks of the tenant.
 */
export const createMemoryStore = (options: MemoryStoreOptions = {}): ChunkStore => {
  const { chunkBytesMax = chunkBytesMaxOfIngest, clock = Date.now } = options;
  const tenants = new Map<string, TenantChunks>();
  const reserve = createReservations();
  const listeners = createListeners();
  const arrivals = createArrivals((kept) => toStored(kept, "newest"));
  let isClosed = false;

  const begin = (signal: AbortSignal | undefined) => {
    signal?.throwIfAborted();
    if (isClosed) throw new LogServiceError("SHUTTING_DOWN", "the store is closed");
  };
  const ofTenant = (tenant: string): TenantChunks => {
    const there = tenants.get(tenant) ?? createTenantChunks();
    tenants.set(tenant, there);
    return there;
  };
  const parts = { tenants, ofTenant, begin, clock, chunkBytesMax };
  const chunksOf = (tenant: string) => tenants.get(tenant)?.chunks ?? new Map<string, Kept>();

  return {
    capabilities: { ...capabilities, chunkBytesMax },
    put: async (chunks, options) => {
      begin(options?.signal);
      for (const chunk of chunks) assertStorable(chunk, chunkBytesMax);
      const outcomes = chunks.map((chunk) =>
        putOne(ofTenant(chunk.tenant), chunk, { arrival: arrivals.next(), arrivedAt: clock() }),
      );
      listeners.tell(chunks.filter((_, index) => outcomes[index] === "stored"));
      return outcomes;
    },
    scan: async function* (request, options) {
      begin(options?.signal);
      const selected = select(chunksOf(request.tenant).values(), request, clock());
      for (let index = 0; index < selected.length; index += sliceChunks) {
        begin(options?.signal);
        yield selected.slice(index, index + sliceChunks);
      }
    },
    get: async (tenant, logId, options) => {
      begin(options?.signal);
      return find(chunksOf(tenant), logId);
    },
    arrivals: async (request, options) => {
      begin(options?.signal);
      return arrivals.read(tenants.get(request.tenant) ?? createTenantChunks(), request);
    },
    onArrival: listeners.add,
    reserve: async (reservation, options) => {
      begin(options?.signal);
      return reserve(reservation);
    },
    ...createUpkeep(parts),
    check: async (options) => begin(options?.signal),
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
    },
  };
};
