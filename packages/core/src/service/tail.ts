import { Buffer } from "node:buffer";
import type { Filter } from "@log-service/query";
import type { ChunkReader } from "../chunk/decode.ts";
import { indexOfLogId } from "../entry/log-id.ts";
import { renderEntry } from "../entry/render-entry.ts";
import { isLogServiceError } from "../errors.ts";
import { createEvaluator, type Evaluator } from "../evaluate/evaluate.ts";
import type { Arrivals, Damage, StoredChunk } from "../store.ts";
import type { Question } from "./cursor.ts";
import type { SearchDeps } from "./search.ts";
import { indicesOf } from "./select.ts";
import { parseTailCursor, printTailCursor, type TailCursor } from "./tail-cursor.ts";
import type { RunInTurn } from "./tail-turns.ts";
import { collectWarnings, type Warning } from "./warning.ts";

export interface TailRequest {
  readonly filter: Filter;
  /** Without one the tail begins now. */
  readonly cursor?: string | undefined;
  /** The most entries: 1..1000. */
  readonly limit: number;
  /** The most bytes of all lines; a page has one entry at least. */
  readonly bytesMax: number;
  /** What the filter was made of: what a cursor is bound to. */
  readonly parameters: Question["parameters"];
  readonly signal?: AbortSignal | undefined;
}

export interface TailPage {
  /** Each entry as one line of wire JSON, in the order of arrival. */
  readonly lines: readonly string[];
  /** Where to go on behind the line at `index`. */
  cursorAt(index: number): string;
  /** Where to go on behind all of it: also behind what does not match. */
  readonly nextCursor: string;
  /** Whether more has arrived already. */
  readonly hasMore: boolean;
  /** Whether the cursor was too old to go on from: the tail begins anew, and something may be missing. */
  readonly isResync: boolean;
  readonly warnings: readonly Warning[];
}

export interface TailDeps extends SearchDeps {
  /** Entries before it have expired. Milliseconds since 1970. */
  readonly oldest: number;
  /** Runs one step of a tail at a time. */
  readonly inTurn: RunInTurn;
}

/** A page passes at most so many chunks, so that a filter that matches nothing answers soon. */
const chunksMax = 64;

/** Where a line ends: so many chunks are passed, and those in part. */
interface Mark {
  readonly passed: number;
  readonly begun: ReadonlyMap<string, number>;
}

/** The first entry of a chunk whose id has this place in it or a later one: what was erased left no gap between the indices. */
const indexFrom = (reader: ChunkReader, place: number): number => {
  const { id, count } = reader.meta;
  let index = place === 0 ? 0 : Math.min(place, count);
  while (index > 0 && indexOfLogId(id, reader.logId(index - 1)) >= place) index--;
  return index;
};

/** A page while it is filled. */
class TailScan {
  readonly #arrivals: Arrivals;
  readonly #request: TailRequest;
  readonly #evaluator: Evaluator;
  readonly #begun: Map<string, number>;
  readonly #marks: Mark[] = [];
  readonly #positions = new Map<number, string>();
  readonly lines: string[] = [];
  #bytes = 0;
  #passed = 0;

  constructor(arrivals: Arrivals, request: TailRequest, cursor: TailCursor | undefined) {
    this.#arrivals = arrivals;
    this.#request = request;
    this.#evaluator = createEvaluator(request.filter);
    this.#begun = new Map(cursor?.begun);
  }

  get isFull(): boolean {
    const { limit, bytesMax } = this.#request;
    return this.lines.length >= limit || this.#bytes >= bytesMax;
  }

  get isAtEnd(): boolean {
    return this.#passed === this.#arrivals.chunks.length;
  }

  canMatch({ meta }: StoredChunk): boolean {
    return this.#evaluator.verdict(meta) !== "none";
  }

  /** Takes the entries of the next chunk that match, until the page is full. */
  take({ meta }: StoredChunk, reader: ChunkReader, oldest: number): void {
    const first = indexFrom(reader, this.#begun.get(meta.id) ?? 0);
    const kept = indicesOf(reader, { first: oldest, last: meta.maxTime });
    const start = Math.max(first, kept.start);
    const matching = this.#evaluator.select(reader, start, meta.count);
    const indices: number[] = [];
    const room = this.#request.limit - this.lines.length;
    for (let index = start; index < meta.count && indices.length <= room; index++)
      if (matching.has(index)) indices.push(index);
    const entries = reader.entries(indices.slice(0, room));
    for (const [place, entry] of entries.entries()) {
      const line = renderEntry(entry);
      const bytes = Buffer.byteLength(line);
      if (this.lines.length > 0 && this.#bytes + bytes > this.#request.bytesMax) {
        this.#bytes = this.#request.bytesMax;
        return;
      }
      this.lines.push(line);
      this.#bytes += bytes;
      this.#begun.set(meta.id, indexOfLogId(meta.id, entry.logId) + 1);
      // The last entry of a chunk leads to the next chunk.
      if (place + 1 < indices.length) this.#marks.push(this.#mark());
    }
    if (entries.length < indices.length) return;
    this.pass(meta.id);
    if (entries.length > 0) this.#marks.push(this.#mark());
  }

  /** Goes on behind the chunk. */
  pass(chunkId: string): void {
    this.#begun.delete(chunkId);
    this.#passed++;
  }

  /** Behind the line at `index`; behind everything without one. */
  cursor(index?: number): TailCursor {
    const { passed, begun } =
      (index === undefined ? undefined : this.#marks[index]) ?? this.#mark();
    return { position: this.#positionAfter(passed), begun };
  }

  /** The entries of one chunk share a position. */
  #positionAfter(passed: number): string {
    const known = this.#positions.get(passed) ?? this.#arrivals.positionAfter(passed);
    this.#positions.set(passed, known);
    return known;
  }

  #mark(): Mark {
    return { passed: this.#passed, begun: new Map(this.#begun) };
  }
}

const fill = async (
  deps: TailDeps,
  tenant: string,
  { scan, arrivals, signal, onDamage }: FillTask,
): Promise<void> => {
  const read = async (chunk: StoredChunk): Promise<void> => {
    signal?.throwIfAborted();
    // Whoever else follows reads the same chunk.
    const { reader } = await deps.readers.open(tenant, chunk, { signal, isToKeep: true });
    scan.take(chunk, reader, deps.oldest);
  };
  for (const chunk of arrivals.chunks) {
    if (scan.isFull) return;
    if (chunk.meta.maxTime < deps.oldest || !scan.canMatch(chunk)) {
      scan.pass(chunk.meta.id);
      continue;
    }
    try {
      await deps.inTurn(() => read(chunk));
    } catch (error) {
      if (!isLogServiceError(error) || error.code !== "CHUNK_CORRUPT") throw error;
      onDamage({ part: `the chunk ${chunk.meta.id}`, cause: error });
      scan.pass(chunk.meta.id);
    }
  }
};

interface FillTask {
  readonly scan: TailScan;
  readonly arrivals: Arrivals;
  readonly signal: AbortSignal | undefined;
  readonly onDamage: (damage: Damage) => void;
}

/**
 * Returns what has arrived since the cursor and matches, late entries too, each once. It never waits. Throws
 * CURSOR_INVALID and CURSOR_MISMATCH.
 */
export const tail = async (
  deps: TailDeps,
  tenant: string,
  request: TailRequest,
): Promise<TailPage> => {
  const { signal, parameters } = request;
  const question = { tenant, parameters };
  const cursor =
    request.cursor === undefined ? undefined : parseTailCursor(request.cursor, question);
  const { warnings, onDamage } = collectWarnings(deps, tenant);
  const after = cursor?.position;
  const arrivals = await deps.inTurn(() =>
    deps.store.arrivals({ tenant, after, limit: chunksMax, onDamage }, { signal }),
  );
  const scan = new TailScan(arrivals, request, arrivals.hasGap ? undefined : cursor);
  await fill(deps, tenant, { scan, arrivals, signal, onDamage });
  return {
    lines: scan.lines,
    cursorAt: (index) => printTailCursor(scan.cursor(index), question),
    nextCursor: printTailCursor(scan.cursor(), question),
    hasMore: arrivals.hasMore || !scan.isAtEnd,
    isResync: arrivals.hasGap,
    warnings,
  };
};
