import type { ChunkMeta, Position } from "../chunk/chunk.ts";
import { openChunk } from "../chunk/decode.ts";
import { isLogServiceError } from "../errors.ts";
import type { Hit } from "../scan/page-scanner.ts";
import type { ScannedSlice, ScanPool } from "../scan/pool.ts";
import type { ChunkStore, Damage, StoredChunk } from "../store.ts";
import type { Place } from "./cursor.ts";
import type { ReaderCache } from "./reader-cache.ts";
import { isRuledOut } from "./rule-out.ts";
import { createScanTurns } from "./scan-turns.ts";
import {
  compareIn,
  type Found,
  isToCome,
  mergeFound,
  type Order,
  type Selection,
  selectFrom,
} from "./select.ts";
import {
  createSlices,
  damageIn,
  damageOf,
  type Slices,
  sliceBytes,
  sliceChunks,
} from "./slices.ts";

export interface SearchBudget {
  readonly timeMs: number;
  /** Bytes of chunks read. */
  readonly bytes: number;
}

/** What a scan cost, when it has ended. Rendering what it found is not in it. */
export interface ScanReport {
  /** Bytes of chunks that were read from the store. */
  readonly bytesRead: number;
  readonly bytesDecompressed: number;
}

export interface ScanDeps {
  readonly store: ChunkStore;
  readonly readers: ReaderCache;
  readonly now: () => number;
  readonly budget: SearchBudget;
  /** Resolves when the requests that have already arrived have been handled. */
  readonly nextTurn: () => Promise<void>;
  readonly onScan: (report: ScanReport) => void;
  /** Threads for scans of many chunks; without them all is done here. */
  readonly pool?: ScanPool | undefined;
}

/** What one page looks for, and where in the store it begins. */
export interface ScanPlan {
  readonly tenant: string;
  readonly selection: Selection;
  readonly startAt: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onDamage: (damage: Damage) => void;
}

/** Where the next page goes on. */
export interface Continuation {
  readonly place: Place;
  readonly startAt: string | undefined;
}

export interface ScannedPage {
  /** In the order of the answer; at most the limit. */
  readonly found: readonly Found[];
  readonly isBudgetSpent: boolean;
  /** Where to go on behind the first `count` of the found entries; undefined when nothing is left. */
  continueAfter(count: number): Continuation | undefined;
}

/** A chunk that was read, and the last of its entries in the order of the answer. */
interface Opened {
  readonly position: string;
  readonly last: Position;
}

/** The last of a chunk's entries in the order of the answer. */
export const lastOf = (meta: ChunkMeta, order: Order): Position =>
  order === "newest"
    ? { time: meta.minTime, id: meta.minId }
    : { time: meta.maxTime, id: meta.maxId };

/** Whether the chunk's metadata leaves room for an entry that the page looks for. */
export const isWorthReading = (meta: ChunkMeta, selection: Omit<Selection, "limit">): boolean =>
  meta.maxTime >= selection.from &&
  meta.minTime < selection.to &&
  isToCome(selection.order, selection.place, lastOf(meta, selection.order)) &&
  selection.evaluator.verdict(meta) !== "none";

/** How many of the found entries come before every entry of the chunks that were not read. */
const settledCount = (found: readonly Found[], next: StoredChunk, order: Order): number => {
  const unsettled = found.findIndex((one) => compareIn(order, one, next.bound) >= 0);
  return unsettled === -1 ? found.length : unsettled;
};

/** A page that reads more chunks than this is a search through many, and keeps none beyond them open. */
const chunksKeptOpen = 64;

/** Whether a page has read so little that threads, which begin with the first slice, would cost more than they save. */
const isSmall = (chunks: number, bytes: number): boolean =>
  chunks < chunksKeptOpen || (chunks < sliceChunks && bytes < sliceBytes);

/** The state of one page while chunks are read: the first ones here, the others by the threads of the pool. */
class PageScan {
  readonly #plan: ScanPlan;
  readonly #readers: ReaderCache;
  readonly #slices: Slices | undefined;
  readonly #opened: Opened[] = [];
  #found: readonly Found[] = [];
  #seen = 0;
  bytesRead = 0;
  bytesDecompressed = 0;

  constructor(plan: ScanPlan, { readers, pool }: Pick<ScanDeps, "readers" | "pool">) {
    this.#plan = plan;
    this.#readers = readers;
    const { evaluator, from, to, order, place, limit } = plan.selection;
    const bounds = { filter: evaluator.filter, from, to, order, place, limit: limit + 1 };
    const onSlice = (chunks: readonly StoredChunk[], slice: ScannedSlice) =>
      this.#merge(chunks, slice);
    this.#slices = pool && createSlices(pool, { kind: "page", ...bounds }, onSlice);
  }

  /** Takes what a thread found. What was found is rendered here, from the bytes that come back. */
  #merge(chunks: readonly StoredChunk[], slice: ScannedSlice): void {
    const { selection, onDamage } = this.#plan;
    this.bytesDecompressed += slice.bytesDecompressed;
    for (const damage of damageIn(chunks, slice)) onDamage(damage);
    const readers = new Map(Array.from(slice.kept, ([place, bytes]) => [place, openChunk(bytes)]));
    // The threads answer a page's task with hits.
    const found = (slice.partial as readonly Hit[]).flatMap(({ time, id, index, place }) => {
      const reader = readers.get(place);
      return reader ? [{ time, id, index, reader }] : [];
    });
    this.#found = mergeFound(this.#found, found, { ...selection, limit: selection.limit + 1 });
  }

  /** Resolves when all chunks that were read so far have been looked at. */
  async drain(): Promise<void> {
    await this.#slices?.drain();
  }

  async read(chunk: StoredChunk): Promise<void> {
    const { selection, signal, onDamage } = this.#plan;
    this.#seen++;
    if (!isWorthReading(chunk.meta, selection)) return;
    if (await isRuledOut(chunk, selection.evaluator, { signal })) return;
    const count = this.#opened.length;
    try {
      if (this.#slices !== undefined && !isSmall(count, this.bytesRead)) {
        const bytes = await chunk.bytes({ signal });
        this.bytesRead += bytes.length;
        await this.#slices.add(chunk, bytes);
      } else await this.#readHere(chunk, count < chunksKeptOpen);
    } catch (error) {
      if (!isLogServiceError(error) || error.code !== "CHUNK_CORRUPT") throw error;
      onDamage(damageOf(chunk, error));
    }
    this.#opened.push({ position: chunk.position, last: lastOf(chunk.meta, selection.order) });
  }

  async #readHere(chunk: StoredChunk, isToKeep: boolean): Promise<void> {
    const { tenant, selection, signal } = this.#plan;
    const { reader, bytesRead } = await this.#readers.open(tenant, chunk, { signal, isToKeep });
    this.bytesRead += bytesRead;
    const before = reader.bytesDecompressed;
    // One more than the page holds tells whether anything is left when the scan comes to its end.
    const wanted = { ...selection, limit: selection.limit + 1 };
    this.#found = mergeFound(this.#found, selectFrom(reader, wanted, this.#worst), wanted);
    this.bytesDecompressed += reader.bytesDecompressed - before;
  }
  /** The entry that another must come before to be on the page; undefined while there is room. */
  get #worst(): Found | undefined {
    return this.#found[this.#plan.selection.limit];
  }

  isFullBefore(next: StoredChunk): boolean {
    const { limit, order } = this.#plan.selection;
    return this.#found.length >= limit && settledCount(this.#found, next, order) >= limit;
  }

  /** Whether a page that stops before `next` leads on, and not to itself again. */
  hasAdvancedTo(next: StoredChunk): boolean {
    const { selection, startAt } = this.#plan;
    const { order, place } = selection;
    if (this.#seen === 0) return false;
    if (place === undefined || compareIn(order, place, next.bound) < 0) return true;
    const isAllRead = this.#opened.every(({ last }) => !isToCome(order, place, last));
    return isAllRead && next.position !== startAt;
  }

  /** The page as it stands when it stops before `next`; undefined: at the end of the store. */
  stop(next: StoredChunk | undefined, isBudgetSpent: boolean): ScannedPage {
    const { limit, order } = this.#plan.selection;
    const settled = next ? settledCount(this.#found, next, order) : this.#found.length;
    const found = this.#found.slice(0, Math.min(limit, settled));
    const continueAfter = (count: number): Continuation | undefined => {
      const last = found[count - 1];
      if (next === undefined && count === this.#found.length) return undefined;
      if (last !== undefined && (count < found.length || count === limit || next === undefined))
        return this.#continueFrom({ time: last.time, id: last.id, isInclusive: false }, next);
      return next && this.#continueFrom(this.#laterOf(next.bound), next);
    };
    return { found, isBudgetSpent, continueAfter };
  }

  #laterOf(bound: Position): Place {
    const { order, place } = this.#plan.selection;
    return place && compareIn(order, place, bound) >= 0 ? place : { ...bound, isInclusive: true };
  }

  #continueFrom(place: Place, next: StoredChunk | undefined): Continuation {
    const { order } = this.#plan.selection;
    const unfinished = this.#opened.find(({ last }) => isToCome(order, place, last));
    return { place, startAt: unfinished?.position ?? next?.position };
  }
}

/** The range without the part that earlier pages have been through: a store can pass over chunks that lie in it. */
const rangeToCome = ({ from, to, order, place }: Selection) => {
  if (place === undefined) return { from, to };
  return order === "newest"
    ? { from, to: Math.min(to, place.time + 1) }
    : { from: Math.max(from, place.time), to };
};

const readPage = async (deps: ScanDeps, plan: ScanPlan, page: PageScan): Promise<ScannedPage> => {
  const { tenant, selection, startAt, signal, onDamage } = plan;
  const { order } = selection;
  const deadline = deps.now() + deps.budget.timeMs;
  const turn = createScanTurns(deps, signal);
  const request = { tenant, ...rangeToCome(selection), order, startAt, onDamage };
  for await (const slice of deps.store.scan(request, { signal })) {
    for (const chunk of slice) {
      await turn();
      const isSpent = page.bytesRead > deps.budget.bytes || deps.now() > deadline;
      const isFull = page.isFullBefore(chunk);
      if (isFull || (isSpent && page.hasAdvancedTo(chunk))) {
        await page.drain();
        return page.stop(chunk, !isFull);
      }
      await page.read(chunk);
    }
  }
  await page.drain();
  return page.stop(undefined, false);
};

/**
 * Reads chunks in the order of the answer until no unread chunk can hold an entry that belongs before the page's
 * last one, until the budget is spent, or until nothing is left.
 */
export const scanPage = async (deps: ScanDeps, plan: ScanPlan): Promise<ScannedPage> => {
  const page = new PageScan(plan, deps);
  try {
    return await readPage(deps, plan, page);
  } finally {
    deps.onScan({ bytesRead: page.bytesRead, bytesDecompressed: page.bytesDecompressed });
  }
};
