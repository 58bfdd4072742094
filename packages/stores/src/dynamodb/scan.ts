import {
  type CallOptions,
  idsPerChunk,
  idToBytes,
  logIdAt,
  type Position,
  type ScanRequest,
  type StoredChunk,
  timeOfId,
} from "@log-service/core";
import { ceilToMinute, minuteMs, timeMax } from "../chunk-rules.ts";
import { parsePosition, printPosition } from "../scan-position.ts";
import type { Item } from "./answer.ts";
import { bytesOf, bytesValue, type FoundChunk, fromItem, itemBytes, itemEntries } from "./items.ts";
import { withLowBounds } from "./low-bounds.ts";
import { fetchMarks, type MarkDeps, type Marks } from "./marks.ts";
import {
  createShardReader,
  type FoundItem,
  type ShardRange,
  type ShardReader,
} from "./shard-reader.ts";

/**
 * What is fetched is paid, read or not. The first slice is about what a page of 100 takes, and one chunk more, whose bound
 * tells that the page is full; overlapping batches take more. Who reads on gets larger slices, for fewer round trips.
 */
const pageEntries = 100;
const chunksBeyondPage = 2;
/** From half of the first slice on. */
const growth = 1.5;
const sliceMax = { chunks: 1000, bytes: 1_000_000 } as const;

interface Slices {
  /** How many items to ask of a shard now. */
  limit(shardCount: number): number;
  /** Takes note of what came. */
  onRead(items: readonly Item[]): void;
  /** The next slice begins. */
  next(): void;
}

const average = (before: number, now: number): number => (before + now * 3) / 4;

/** Chooses how much to fetch, by the chunks that the tenant had lately. */
const createSlices = ({ tenants }: MarkDeps, tenant: string): Slices => {
  const notes = tenants(tenant);
  const first = Math.ceil(pageEntries / notes.chunkEntries) + chunksBeyondPage;
  let wanted = first;
  let number = 0;
  return {
    limit: (shardCount) => {
      const most = Math.min(sliceMax.chunks, sliceMax.bytes / notes.chunkBytes);
      return Math.max(1, Math.ceil(Math.min(wanted, most) / shardCount));
    },
    onRead: (items) => {
      if (items.length === 0) return;
      const sum = (of: (item: Item) => number) => items.reduce((all, item) => all + of(item), 0);
      const entries = Math.max(1, sum(itemEntries));
      // Weighed by entries: late ones lie in many small chunks, in which next to no entry of a page is.
      const typical = sum((item) => itemEntries(item) ** 2) / entries;
      notes.chunkEntries = Math.max(1, average(notes.chunkEntries, typical));
      notes.chunkBytes = average(notes.chunkBytes, sum(itemBytes) / items.length);
    },
    next: () => {
      number += 1;
      wanted = Math.ceil((first / 2) * growth ** (number - 1));
    },
  };
};

/** The lowest and the highest id of a millisecond, as sort keys. */
export const keyAt = (time: number, fill: "0" | "f"): string => {
  const hex = time.toString(16).padStart(12, "0") + fill.repeat(20);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join("-");
};

/** Behind this nothing is stored: entries may be ten minutes ahead of the writer's clock. */
const aheadMs = 3_600_000;

/**
 * How far behind `to` the max times of chunks can lie that have an entry before it. A chunk lies within a minute; whether all
 * are narrower is asked where it saves something: not for the newest, nor to go on, since a position says more.
 */
const overhangOf = async (
  deps: MarkDeps,
  { tenant, to, order, startAt }: Omit<ScanRequest, "onDamage">,
  options: CallOptions | undefined,
): Promise<{ readonly ms: number; readonly marks?: Marks }> => {
  const isWorthwhile =
    order === "newest" && startAt === undefined && to < deps.client.now() + aheadMs;
  if (!isWorthwhile) return { ms: minuteMs };
  const marks = await fetchMarks(deps, tenant, options);
  return { ms: marks.spanMs, marks };
};

/** The sort keys of the chunks that may hold entries of the range; undefined when there can be none. */
const rangeOf = (
  { tenant, from, to, order, startAt }: Omit<ScanRequest, "onDamage">,
  overhangMs: number,
): ShardRange | undefined => {
  const first = Math.max(0, Math.ceil(from));
  // The key holds the max time, and a chunk lies within a minute.
  const until = Math.min(timeMax + 1, Math.ceil(to));
  const end = Math.min(ceilToMinute(until), until + overhangMs);
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

const entriesOf = ({ item }: FoundItem): number => itemEntries(item);

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
    const id = leading(readers, order)?.items[0]?.id;
    // A put that was tried again in another shard has left the chunk in both, and it leads in both.
    const copies = readers.flatMap(({ items }) => (items[0]?.id === id ? items.splice(0, 1) : []));
    const [first, ...more] = copies;
    if (first === undefined) break;
    // An erasure that was cut off between two copies must find what it has left to do.
    taken.push(more.reduce((most, one) => (entriesOf(one) > entriesOf(most) ? one : most), first));
  }
  return taken;
};

interface Plan {
  readonly range: ShardRange;
  /** When they have been asked for already. */
  readonly marks: Marks | undefined;
}

/** Opens a reader for each shard. Their number is asked for while the shards that are known are read already. */
const openShards = async (
  deps: MarkDeps,
  { range, marks }: Plan,
  slices: Slices,
  options: CallOptions | undefined,
): Promise<ShardReader[]> => {
  const known = deps.tenants(range.tenant).shardCount;
  const open = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) =>
      createShardReader(deps, range, from + index, options),
    );
  const readers = open(0, known);
  const [{ shardCount }] = await Promise.all([
    marks ?? fetchMarks(deps, range.tenant, options),
    readAll(readers, slices),
  ]);
  return [...readers, ...open(known, shardCount)];
};

const readAll = async (readers: readonly ShardReader[], slices: Slices): Promise<void> => {
  const dry = readers.filter((reader) => reader.items.length === 0 && !reader.isEnd);
  const limit = slices.limit(readers.length);
  const read = await Promise.all(dry.map((reader) => reader.read(limit)));
  slices.onRead(read.flat());
};

/** Reads all shards of a range as one, in the order of the keys; each chunk once. */
export async function* mergedSlices(
  deps: MarkDeps,
  request: Omit<ScanRequest, "onDamage">,
  options: CallOptions | undefined,
): AsyncGenerator<FoundItem[]> {
  const { ms, marks } = await overhangOf(deps, request, options);
  const range = rangeOf(request, ms);
  if (range === undefined) return;
  const plan = { range, marks };
  const slices = createSlices(deps, range.tenant);
  const readers = await openShards(deps, plan, slices, options);
  for (;;) {
    await readAll(readers, slices);
    const slice = takeMerged(readers, range.order);
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
  position: printPosition(order, { time: timeOfId(meta.id), id: meta.id }),
  bytes: async (options) => {
    options?.signal?.throwIfAborted();
    return bytesOf(data);
  },
});

/** The highest place that the key allows: what is left of a chunk may end below it. */
const highBound = ({ meta }: FoundChunk): Position =>
  timeOfId(meta.id) === meta.maxTime
    ? { time: meta.maxTime, id: meta.maxId }
    : { time: timeOfId(meta.id), id: logIdAt(meta.id, idsPerChunk - 1) };

/** A chunk as the caller of `get` receives it. */
export const toFound = (found: FoundChunk): StoredChunk =>
  toStored(found, "newest", highBound(found));

/**
 * Yields the chunks of a tenant in the order of their keys, which is that of their max times: for "newest" that is the
 * order of the bounds. For "oldest" the bounds are taken over the rest of each minute, since a chunk lies within one.
 */
export async function* scanTable(
  deps: MarkDeps,
  request: ScanRequest,
  options: CallOptions | undefined,
): AsyncGenerator<readonly StoredChunk[]> {
  const { order, onDamage } = request;
  const toChunks = ({ id, item }: FoundItem): FoundChunk[] => {
    try {
      const found = fromItem(item);
      return found === undefined ? [] : [found];
    } catch (cause) {
      onDamage({ part: `the chunk ${id}`, cause });
      return [];
    }
  };
  async function* chunks() {
    for await (const slice of mergedSlices(deps, request, options)) yield slice.flatMap(toChunks);
  }
  if (order === "newest")
    for await (const slice of chunks())
      yield slice.map((found) => toStored(found, order, highBound(found)));
  else
    for await (const slice of withLowBounds(chunks()))
      yield slice.map(({ found, bound }) => toStored(found, order, bound));
}
