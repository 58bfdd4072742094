import type { IdSeed } from "../../entry/log-id.ts";
import { isLogServiceError } from "../../errors.ts";
import {
  type ChunkStore,
  type Damage,
  mergedSpanMs,
  type StoredChunk,
  type TenantDay,
  type TimeRange,
} from "../../store.ts";
import type { Merged, MergeTask } from "./merge-chunks.ts";
import { isLarge, mergedEntriesMax, planMerges } from "./plan.ts";

export interface CompactionReport {
  readonly tenant: string;
  readonly entries: number;
  /** How many chunks were replaced, and their bytes. */
  readonly oldChunks: number;
  readonly oldBytes: number;
  readonly newChunks: number;
  readonly newBytes: number;
}

export interface CompactionDeps {
  readonly store: ChunkStore;
  readonly nextSeed: () => IdSeed;
  /** Runs `mergeChunks`, here or on another thread; it takes the chunks' buffers with it. */
  readonly merge: (task: MergeTask) => Promise<Merged>;
  /** Lets everything else go first for a while, after work that took so long. */
  readonly rest: (workedMs: number) => Promise<void>;
  /** A monotonic clock, in milliseconds. */
  readonly timer: () => number;
  readonly onCompact: (report: CompactionReport) => void;
  readonly onDamage: (damage: Damage & { readonly tenant: string }) => void;
}

/** So many chunks are looked at together. */
const windowChunks = 4096;

/** So many hours are remembered in which nothing could be gained. */
const fruitlessMax = 10_000;

/** Bytes of chunks that one step reads. */
const stepBytesMax = 4 * 1024 * 1024;

const hourOf = (time: number): number => Math.floor(time / mergedSpanMs);

interface Input {
  readonly chunk: StoredChunk;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Reads the chunks of a step, up to the limit. A damaged one is left out: readers report it. */
const readInputs = async (group: readonly StoredChunk[], signal: AbortSignal): Promise<Input[]> => {
  const inputs: Input[] = [];
  let total = 0;
  for (const chunk of group) {
    if (total >= stepBytesMax) break;
    try {
      // A copy of its own, since its buffer goes to another thread.
      const bytes = new Uint8Array(await chunk.bytes({ signal }));
      inputs.push({ chunk, bytes });
      total += bytes.length;
    } catch (error) {
      if (!isLogServiceError(error) || error.code !== "CHUNK_CORRUPT") throw error;
    }
  }
  return inputs;
};

/** Merges one group in the place of its chunks. */
const mergeGroup = async (
  { store, nextSeed, merge, onCompact }: CompactionDeps,
  tenant: string,
  group: readonly StoredChunk[],
  signal: AbortSignal,
): Promise<"merged" | "no gain" | "later"> => {
  const inputs = await readInputs(group, signal);
  const oldBytesOf = inputs.map(({ bytes }) => bytes.length);
  const { chunks, used } = await merge({
    chunks: inputs.map(({ bytes }) => bytes),
    seed: nextSeed(),
    entriesMax: mergedEntriesMax,
  });
  signal.throwIfAborted();
  if (chunks.length * 2 > used.length) return "no gain";
  const old = used.map((index) => inputs[index]!.chunk.meta);
  const outcome = await store.replace({ tenant, old, chunks }, { signal });
  if (outcome !== "replaced") return "later";
  onCompact({
    tenant,
    entries: old.reduce((sum, { count }) => sum + count, 0),
    oldChunks: old.length,
    oldBytes: used.reduce((sum, index) => sum + oldBytesOf[index]!, 0),
    newChunks: chunks.length,
    newBytes: chunks.reduce((sum, { bytes }) => sum + bytes.length, 0),
  });
  return "merged";
};

/** Reads the next small chunks of one hour, and where to go on; undefined at the end of the range. */
const nextWindow = async (
  { store, onDamage }: CompactionDeps,
  { tenant, from, to }: TenantDay,
  startAt: string | undefined,
  signal: AbortSignal,
) => {
  const window: StoredChunk[] = [];
  const report = (damage: Damage) => onDamage({ ...damage, tenant });
  const request = { tenant, from, to, order: "oldest" as const, startAt, onDamage: report };
  for await (const slice of store.scan({ ...request, isReplaceable: true }, { signal }))
    for (const chunk of slice) {
      const { minTime, maxTime, count } = chunk.meta;
      if (isLarge(count) || maxTime >= to) continue;
      const isSameHour = hourOf(minTime) === hourOf(window[0]?.meta.minTime ?? minTime);
      if (!isSameHour || window.length === windowChunks) return { window, next: chunk.position };
      window.push(chunk);
    }
  return { window, next: undefined };
};

/** Remembers windows in which merging gained nothing, as long as they have as many chunks. */
const createFruitless = () => {
  const counts = new Map<string, number>();
  return {
    has: (key: string, count: number): boolean => counts.get(key) === count,
    add: (key: string, count: number): void => {
      if (counts.size >= fruitlessMax) counts.clear();
      counts.set(key, count);
    },
  };
};

/** Creates what merges the small chunks of a range of times, in steps, and leaves everything right after each of them. */
export const createCompaction = (deps: CompactionDeps) => {
  const { store, rest, timer } = deps;
  const fruitless = createFruitless();

  /** Merges what is worth it of some chunks of one hour. */
  const mergeWindow = async (
    tenant: string,
    window: readonly StoredChunk[],
    isClosed: boolean,
    signal: AbortSignal,
  ): Promise<void> => {
    const key = `${tenant} ${isClosed} ${window[0]?.position}`;
    if (fruitless.has(key, window.length)) return;
    const outcomes = new Set<string>();
    for (const group of planMerges(window, isClosed)) {
      const start = timer();
      outcomes.add(await mergeGroup(deps, tenant, group, signal));
      await rest(timer() - start);
      signal.throwIfAborted();
    }
    if (outcomes.size === 1 && outcomes.has("no gain")) fruitless.add(key, window.length);
  };

  const compactDay = async (day: TenantDay, closedUntil: number, signal: AbortSignal) => {
    let startAt: string | undefined;
    do {
      const { window, next } = await nextWindow(deps, day, startAt, signal);
      const end = (hourOf(window[0]?.meta.minTime ?? 0) + 1) * mergedSpanMs;
      if (window.length > 1) await mergeWindow(day.tenant, window, end <= closedUntil, signal);
      if (next === startAt) return;
      startAt = next;
    } while (startAt !== undefined);
  };

  /** Merges what lies in the range; hours that end before `to` are closed, and merged more eagerly. */
  return async (range: TimeRange, signal: AbortSignal): Promise<void> => {
    for await (const day of store.tenants(range, { signal })) {
      const from = Math.max(day.from, range.from);
      const to = Math.min(day.to, range.to);
      await compactDay({ tenant: day.tenant, from, to }, range.to, signal);
    }
  };
};
