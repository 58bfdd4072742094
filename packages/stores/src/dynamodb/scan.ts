import {
  type CallOptions,
  idToBytes,
  type Position,
  type ScanRequest,
  type StoredChunk,
} from "@log-service/core";
import { ceilToMinute, timeMax } from "../chunk-rules.ts";
import { parsePosition, printPosition } from "../scan-position.ts";
import { bytesOf, bytesValue, type FoundChunk, fromItem } from "./items.ts";
import { withLowBounds } from "./low-bounds.ts";
import {
  createShardReader,
  type FoundItem,
  type ShardRange,
  type ShardReader,
} from "./shard-reader.ts";
import { fetchShardCount, type ShardDeps } from "./shards.ts";

/**
 * What is fetched is paid, read or not. The first two slices are about what a page of 100 takes; who reads on gets larger
 * ones, for fewer round trips.
 */
const sliceBytes = { first: 20_000, most: 1_000_000 } as const;
const sliceItemsMax = { first: 128, most: 1000 } as const;

interface Slices {
  /** How many items to ask of a shard now. */
  limit(shardCount: number): number;
  /** Takes note of what came. */
  onRead(count: number, bytes: number): void;
  /** The next slice begins. */
  next(): void;
}

/** Chooses how much to fetch, by the size of the chunks that the tenant had lately. */
const createSlices = ({ tenants }: ShardDeps, tenant: string): Slices => {
  const notes = tenants(tenant);
  let number = 0;
  return {
    limit: (shardCount) => {
      const growth = 2 ** Math.max(0, number - 1);
      const bytes = Math.min(sliceBytes.most, sliceBytes.first * growth);
      const most = Math.min(sliceItemsMax.most, sliceItemsMax.first * growth);
      return Math.min(most, Math.max(1, Math.ceil(bytes / notes.chunkBytes / shardCount)));
    },
    onRead: (count, bytes) => {
      if (count > 0) notes.chunkBytes = (notes.chunkBytes + (bytes / count) * 3) / 4;
    },
    next: () => {
      number += 1;
    },
  };
};

/** The lowest and the highest id of a millisecond, as sort keys. */
const keyAt = (time: number, fill: "0" | "f"): string => {
  const hex = time.toString(16).padStart(12, "0") + fill.repeat(20);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join("-");
};

/** The sort keys of the chunks that may hold entries of the range; undefined when there can be none. */
const rangeOf = ({ tenant, from, to, order, startAt }: ScanRequest): ShardRange | undefined => {
  const first = Math.max(0, Math.ceil(from));
  // The key holds the max time, and a chunk lies within a minute.
  const end = ceilToMinute(Math.min(timeMax + 1, Math.ceil(to)));
  const last = Math.min(timeMax, end - 1);
  if (last < first || Math.ceil(to) <= first) return undefined;
  let low = keyAt(first, "0");
  let high = keyAt(last, "f");
  if (startAt !== undefined) {
    const { id } = parsePosition(order, startAt);
    if (order === "newest") high = id < high ? id : high;
    else low = id > low ? id : low;
  }
  if (low > high) return undefined;
  return { tenant, order, low: bytesValue(idToBytes(low)), high: bytesValue(idToBytes(high)) };
};

/** The reader whose next chunk comes before those of all others. */
const leading = (
  readers: readonly ShardReader[],
  order: ScanRequest["order"],
): ShardReader | undefined => {
  let best: ShardReader | undefined;
  for (const reader of readers) {
    const id = reader.items[0]?.id;
    const bestId = best?.items[0]?.id;
    if (id === undefined) continue;
    if (bestId === undefined || (order === "newest" ? id > bestId : id < bestId)) best = reader;
  }
  return best;
};

/** Takes what can be told to come next: up to where a shard has run dry that may hold more. */
const takeMerged = (readers: readonly ShardReader[], order: ScanRequest["order"]): FoundItem[] => {
  const taken: FoundItem[] = [];
  while (readers.every((reader) => reader.items.length > 0 || reader.isEnd)) {
    const next = leading(readers, order)?.items.shift();
    if (next === undefined) break;
    // A put that was tried again in another shard has left the chunk in both.
    if (taken.at(-1)?.id !== next.id) taken.push(next);
  }
  return taken;
};

/** Opens a reader for each shard. Their number is asked for while the shards that are known are read already. */
const openShards = async (
  deps: ShardDeps,
  range: ShardRange,
  slices: Slices,
  options: CallOptions | undefined,
): Promise<ShardReader[]> => {
  const known = deps.tenants(range.tenant).shardCount;
  const open = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) =>
      createShardReader(deps, range, from + index, options),
    );
  const readers = open(0, known);
  const [count] = await Promise.all([
    fetchShardCount(deps, range.tenant, options),
    readAll(readers, slices),
  ]);
  return [...readers, ...open(known, count)];
};

const readAll = async (readers: readonly ShardReader[], slices: Slices): Promise<void> => {
  const dry = readers.filter((reader) => reader.items.length === 0 && !reader.isEnd);
  const limit = slices.limit(readers.length);
  const read = await Promise.all(dry.map((reader) => reader.read(limit)));
  const count = read.reduce((sum, one) => sum + one.count, 0);
  const bytes = read.reduce((sum, one) => sum + one.bytes, 0);
  slices.onRead(count, bytes);
};

async function* mergedSlices(
  deps: ShardDeps,
  range: ShardRange,
  options: CallOptions | undefined,
): AsyncGenerator<FoundItem[]> {
  const slices = createSlices(deps, range.tenant);
  const readers = await openShards(deps, range, slices, options);
  let lastId: string | undefined;
  for (;;) {
    await readAll(readers, slices);
    const slice = takeMerged(readers, range.order).filter(({ id }) => id !== lastId);
    lastId = slice.at(-1)?.id ?? lastId;
    if (slice.length > 0) {
      slices.next();
      yield slice;
    }
    if (readers.every((reader) => reader.isEnd && reader.items.length === 0)) return;
  }
}

const toStored = (
  { meta, data }: FoundChunk,
  order: ScanRequest["order"],
  bound: Position,
): StoredChunk => ({
  meta,
  bound,
  position: printPosition(order, { time: meta.maxTime, id: meta.id }),
  bytes: async (options) => {
    options?.signal?.throwIfAborted();
    return bytesOf(data);
  },
});

/** A chunk as the caller of `get` receives it. */
export const toFound = (found: FoundChunk): StoredChunk =>
  toStored(found, "newest", { time: found.meta.maxTime, id: found.meta.maxId });

/**
 * Yields the chunks of a tenant in the order of their keys, which is that of their max times: for "newest" that is the
 * order of the bounds. For "oldest" the bounds are taken over the rest of each minute, since a chunk lies within one.
 */
export async function* scanTable(
  deps: ShardDeps,
  request: ScanRequest,
  options: CallOptions | undefined,
): AsyncGenerator<readonly StoredChunk[]> {
  const { order, onDamage } = request;
  const range = rangeOf(request);
  if (range === undefined) return;
  const toChunks = ({ id, item }: FoundItem): FoundChunk[] => {
    try {
      return [fromItem(item)];
    } catch (cause) {
      onDamage({ part: `the chunk ${id}`, cause });
      return [];
    }
  };
  async function* chunks() {
    for await (const slice of mergedSlices(deps, range as ShardRange, options)) // checked above
      yield slice.flatMap(toChunks);
  }
  if (order === "newest")
    for await (const slice of chunks())
      yield slice.map((found) =>
        toStored(found, order, { time: found.meta.maxTime, id: found.meta.maxId }),
      );
  else
    for await (const slice of withLowBounds(chunks()))
      yield slice.map(({ found, bound }) => toStored(found, order, bound));
}
