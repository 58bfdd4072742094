import type { Position } from "../chunk/chunk.ts";
import type { ChunkReader } from "../chunk/decode.ts";
import type { StoredEntry } from "../entry/entry.ts";
import { isLogServiceError } from "../errors.ts";
import type { StoredChunk } from "../store.ts";
import type { Place } from "./cursor.ts";
import { createReaderCache } from "./reader-cache.ts";
import { isRuledOut } from "./rule-out.ts";
import { isWorthReading, lastOf, type ScanDeps } from "./scan-page.ts";
import type { RangePlan } from "./scan-range.ts";
import { createScanTurns } from "./scan-turns.ts";
import { compareIn, isToCome, type Order, selectFrom } from "./select.ts";
import { damageOf } from "./slices.ts";
import { createTextSlabs, type TextBytes } from "./text-slabs.ts";

/** Everything in a range that matches, as text. */
export interface AllPlan extends RangePlan {
  render(entry: StoredEntry): string;
}

export type AllDeps = Omit<ScanDeps, "budget" | "readers">;

/** An entry that was found and rendered. */
interface Line extends Position {
  readonly text: TextBytes;
}

/** About so many bytes of rendered entries are gathered before they go out in order. */
const gatheredMax = 2 * 1024 * 1024;

/** The same where chunks overlap so much that they are read again and again: the more at a time, the less often. */
const gatheredMost = 16 * 1024 * 1024;

/** What chunks may take that are open, roughly: a hundred of those that twenty senders fill at a time. */
const openBytesMax = 16 * 1024 * 1024;

/** When this much more has been gathered, the last ones are dropped, and read again later. */
const excess = 1.25;

/** So many entries are decoded before others get their turn. */
const decodedAtOnce = 256;

/** How long a rendered entry is taken to be until some have been seen: long, so that the first ones go out soon. */
const lineLengthFirst = 1000;

/** About how much of a chunk comes before a place, from 0 to 1. */
const shareBefore = ({ meta, bound }: StoredChunk, place: Position, order: Order): number => {
  if (compareIn(order, lastOf(meta, order), place) < 0) return 1;
  const span = meta.maxTime - meta.minTime;
  return span === 0 ? 0 : Math.abs(bound.time - place.time) / span;
};

/**
 * Puts the entries of overlapping chunks in order, holding a bounded amount of text: when more than that lies before
 * the place up to which everything is known, the first part goes out and the chunks are read again for the rest.
 */
class OrderedMerge {
  readonly #plan: AllPlan;
  readonly #turn: () => Promise<void>;
  /** The chunks with entries that have not gone out, in the order of the scan. */
  #waiting: StoredChunk[] = [];
  /** Everything before it has gone out. */
  #place: Place | undefined;
  #lineLength = lineLengthFirst;
  readonly #toBytes = createTextSlabs();
  /** Chunks that overlap are read by turns, each as long as it lasts. */
  readonly #readers = createReaderCache(openBytesMax);
  readonly report = { bytesRead: 0, bytesDecompressed: 0 };

  constructor(plan: AllPlan, turn: () => Promise<void>) {
    this.#plan = plan;
    this.#turn = turn;
  }

  async add(chunk: StoredChunk): Promise<void> {
    const { evaluator, signal } = this.#plan;
    if (!isWorthReading(chunk.meta, { ...this.#plan, place: this.#place })) return;
    if (!(await isRuledOut(chunk, evaluator, { signal }))) this.#waiting.push(chunk);
  }

  /** Whether enough lies before the next chunk to be worth going out. */
  isReadyBefore({ bound }: StoredChunk): boolean {
    const { order } = this.#plan;
    let entries = 0;
    for (const chunk of this.#waiting)
      entries += chunk.meta.count * shareBefore(chunk, bound, order);
    return entries * this.#lineLength >= gatheredMax;
  }

  /** Fetches what is left: once a scan has ended, a store may take chunks away that others took the place of. */
  fetchWaiting(): void {
    const { signal } = this.#plan;
    this.#waiting = this.#waiting.map((chunk) => {
      const bytes = chunk.bytes({ signal });
      // It is awaited, and its failure seen, where the chunk is read.
      bytes.catch(() => undefined);
      return { ...chunk, bytes: () => bytes };
    });
  }

  /** Yields what comes before `until`, or all that is left, in order. */
  async *settle(until: Position | undefined): AsyncGenerator<readonly Line[]> {
    const { order } = this.#plan;
    let bytesMax = gatheredMax;
    for (let isDone = false; !isDone; ) {
      const { lines, cut } = await this.#gather(until, bytesMax);
      isDone = cut === undefined;
      bytesMax = Math.min(bytesMax * 2, gatheredMost);
      if (cut) this.#place = { time: cut.time, id: cut.id, isInclusive: false };
      else if (until) this.#place = { ...until, isInclusive: true };
      if (lines.length > 0) yield lines;
    }
    this.#waiting = this.#waiting.filter(
      ({ meta }) => until !== undefined && isToCome(order, this.#place, lastOf(meta, order)),
    );
  }

  /** The next lines before `until`; with `cut` they end early, at that line. */
  async #gather(until: Position | undefined, bytesMax: number) {
    const { order } = this.#plan;
    let lines: Line[] = [];
    let length = 0;
    let cut: Line | undefined;
    for (const chunk of this.#waiting) {
      const end = cut ?? until;
      if (end !== undefined && compareIn(order, chunk.bound, end) >= 0) break;
      if (!isToCome(order, this.#place, lastOf(chunk.meta, order))) continue;
      for await (const found of this.#linesOf(chunk, end)) {
        const isBehind = cut !== undefined && compareIn(order, found[0]!, cut) >= 0;
        if (isBehind) break;
        lines.push(...found);
        length += bytesOf(found);
        if (length <= bytesMax * excess) continue;
        lines = firstOf(
          lines.sort((a, b) => compareIn(order, a, b)),
          bytesMax,
        );
        length = bytesOf(lines);
        cut = lines.at(-1);
      }
    }
    if (lines.length > 0) this.#lineLength = length / lines.length;
    return { lines: lines.sort((a, b) => compareIn(order, a, b)), cut };
  }

  /** Yields the matching entries of a chunk that are to come and lie before `end`, in order. */
  async *#linesOf(chunk: StoredChunk, end: Position | undefined): AsyncGenerator<Line[]> {
    const { tenant, signal, render, onDamage } = this.#plan;
    let reader: ChunkReader | undefined;
    let before = 0;
    try {
      await this.#turn();
      const opened = await this.#readers.open(tenant, chunk, { signal, isToKeep: true });
      this.report.bytesRead += opened.bytesRead;
      reader = opened.reader;
      before = reader.bytesDecompressed;
      const indices = this.#indicesIn(reader, end);
      for (let start = 0; start < indices.length; start += decodedAtOnce) {
        await this.#turn();
        const entries = reader.entries(indices.slice(start, start + decodedAtOnce));
        yield entries.map((entry) => ({
          time: entry.timestamp,
          id: entry.logId,
          text: this.#toBytes(render(entry)),
        }));
      }
    } catch (error) {
      if (!isLogServiceError(error) || error.code !== "CHUNK_CORRUPT") throw error;
      this.#waiting = this.#waiting.filter((one) => one !== chunk);
      onDamage(damageOf(chunk, error));
    } finally {
      this.report.bytesDecompressed += (reader?.bytesDecompressed ?? 0) - before;
    }
  }

  #indicesIn(reader: ChunkReader, end: Position | undefined): number[] {
    const { order } = this.#plan;
    const selection = { ...this.#plan, place: this.#place, limit: reader.meta.count };
    return selectFrom(reader, selection, end).flatMap((found) =>
      end === undefined || compareIn(order, found, end) < 0 ? [found.index] : [],
    );
  }
}

const bytesOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, { text }) => sum + text.end - text.start, 0);

/** The first lines, up to so many bytes; at least one. */
const firstOf = (lines: readonly Line[], bytesMax: number): Line[] => {
  let length = 0;
  const count = lines.findIndex(({ text }) => {
    length += text.end - text.start;
    return length > bytesMax;
  });
  return lines.slice(0, Math.max(1, count));
};

/** Yields the text of everything that matches, in total order. No budget ends it; the signal does. */
export async function* scanAll(deps: AllDeps, plan: AllPlan): AsyncGenerator<readonly Line[]> {
  const { tenant, from, to, order, signal, onDamage } = plan;
  const turn = createScanTurns(deps, signal);
  const merge = new OrderedMerge(plan, turn);
  try {
    for await (const slice of deps.store.scan({ tenant, from, to, order, onDamage }, { signal })) {
      for (const chunk of slice) {
        await turn();
        if (merge.isReadyBefore(chunk)) yield* merge.settle(chunk.bound);
        await merge.add(chunk);
      }
    }
    merge.fetchWaiting();
    yield* merge.settle(undefined);
  } finally {
    deps.onScan(merge.report);
  }
}
