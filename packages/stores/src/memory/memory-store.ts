import {
  type ChunkMeta,
  type ChunkStore,
  chunkBytesMax as chunkBytesMaxOfIngest,
  chunkIdOf,
  comparePositions,
  indexOfLogId,
  isLogId,
  LogServiceError,
  type Position,
  type PutOutcome,
  type Reservation,
  type ScanRequest,
  type StoredChunk,
  type TenantChunk,
} from "@log-service/core";
import { assertStorable } from "../chunk-rules.ts";
import { parsePosition, printPosition } from "../scan-position.ts";

export interface MemoryStoreOptions {
  readonly chunkBytesMax?: number | undefined;
}

interface Kept {
  readonly meta: ChunkMeta;
  readonly bytes: Uint8Array;
}

const sliceChunks = 8;

const boundOf = (meta: ChunkMeta, order: ScanRequest["order"]): Position =>
  order === "newest"
    ? { time: meta.maxTime, id: meta.maxId }
    : { time: meta.minTime, id: meta.minId };

const toStored = ({ meta, bytes }: Kept, order: ScanRequest["order"]): StoredChunk => {
  const bound = boundOf(meta, order);
  return {
    meta,
    bound,
    position: printPosition(order, bound),
    // A copy, since a reader may hand the buffer to another thread.
    bytes: async (options) => {
      options?.signal?.throwIfAborted();
      return bytes.slice();
    },
  };
};

/** The chunks that may hold entries of the range, in the order of the scan. */
const select = (chunks: Iterable<Kept>, request: ScanRequest): StoredChunk[] => {
  const { from, to, order, startAt } = request;
  const sign = order === "newest" ? -1 : 1;
  const compare = (a: Position, b: Position) => sign * comparePositions(a, b);
  const start = startAt === undefined ? undefined : parsePosition(order, startAt);
  return Array.from(chunks)
    .filter(({ meta }) => meta.maxTime >= from && meta.minTime < to)
    .map((kept) => toStored(kept, order))
    .filter(({ bound }) => start === undefined || compare(bound, start) >= 0)
    .sort((a, b) => compare(a.bound, b.bound));
};

const putOne = (chunks: Map<string, Kept>, { meta, bytes }: TenantChunk): PutOutcome => {
  const there = chunks.get(meta.id);
  if (there !== undefined) return there.meta.digest === meta.digest ? "present" : "conflict";
  // A copy, since the writer may hand the buffer to another thread.
  chunks.set(meta.id, { meta, bytes: bytes.slice() });
  return "stored";
};

const find = (chunks: Map<string, Kept>, logId: string): StoredChunk | undefined => {
  const kept = isLogId(logId) ? chunks.get(chunkIdOf(logId)) : undefined;
  if (kept === undefined || indexOfLogId(kept.meta.id, logId) >= kept.meta.count) return undefined;
  return toStored(kept, "newest");
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

/**
 * Creates a store that forgets everything with its process. It is written to be obviously right, since the other
 * stores are compared with it: a scan sorts all chunks of the tenant.
 */
export const createMemoryStore = (options: MemoryStoreOptions = {}): ChunkStore => {
  const { chunkBytesMax = chunkBytesMaxOfIngest } = options;
  const tenants = new Map<string, Map<string, Kept>>();
  const reserve = createReservations();
  let isClosed = false;

  const begin = (signal: AbortSignal | undefined) => {
    signal?.throwIfAborted();
    if (isClosed) throw new LogServiceError("SHUTTING_DOWN", "the store is closed");
  };
  const chunksOf = (tenant: string): Map<string, Kept> => {
    const chunks = tenants.get(tenant) ?? new Map<string, Kept>();
    tenants.set(tenant, chunks);
    return chunks;
  };

  return {
    capabilities: { name: "memory", chunkBytesMax },
    put: async (chunks, options) => {
      begin(options?.signal);
      for (const chunk of chunks) assertStorable(chunk, chunkBytesMax);
      return chunks.map((chunk) => putOne(chunksOf(chunk.tenant), chunk));
    },
    scan: async function* (request, options) {
      begin(options?.signal);
      const selected = select(tenants.get(request.tenant)?.values() ?? [], request);
      for (let index = 0; index < selected.length; index += sliceChunks) {
        begin(options?.signal);
        yield selected.slice(index, index + sliceChunks);
      }
    },
    get: async (tenant, logId, options) => {
      begin(options?.signal);
      return find(tenants.get(tenant) ?? new Map(), logId);
    },
    reserve: async (reservation, options) => {
      begin(options?.signal);
      return reserve(reservation);
    },
    check: async (options) => begin(options?.signal),
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
    },
  };
};
