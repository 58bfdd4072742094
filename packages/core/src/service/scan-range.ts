import type { ChunkReader } from "../chunk/decode.ts";
import { isLogServiceError } from "../errors.ts";
import type { EntrySet } from "../evaluate/entry-set.ts";
import type { Evaluator } from "../evaluate/evaluate.ts";
import type { Damage, StoredChunk } from "../store.ts";
import { isRuledOut } from "./rule-out.ts";
import type { ScanDeps } from "./scan-page.ts";
import { createScanTurns } from "./scan-turns.ts";
import { indicesOf, type Order } from "./select.ts";
import { damageOf } from "./slices.ts";

/** Which chunks a scan goes through. */
interface ScannedRange {
  readonly tenant: string;
  /** Milliseconds since 1970: from inclusive, to exclusive. */
  readonly from: number;
  readonly to: number;
  readonly order: Order;
  readonly signal: AbortSignal | undefined;
  readonly onDamage: (damage: Damage) => void;
}

/** Everything in a range that matches. */
export interface RangePlan extends ScannedRange {
  readonly evaluator: Evaluator;
}

export interface RangeOutcome {
  readonly isComplete: boolean;
  /** When the budget ran out: all before this time has been visited, and nothing from it on. Oldest first only. */
  readonly scannedTo: number | undefined;
}

/** How far a visit of many chunks has come. */
interface Progress {
  readonly report: { readonly bytesRead: number };
  /** The last time that a chunk which was visited reaches; negative infinity of none. */
  readonly last: number;
}

/**
 * Visits the chunks of a range. When the budget runs out it stops, oldest first, at a time that no visited chunk reaches,
 * so that another scan can go on from there and nothing is counted twice.
 */
export const visitRange = async (
  deps: ScanDeps,
  { signal, ...range }: ScannedRange,
  progress: Progress,
  visit: (chunk: StoredChunk) => Promise<void>,
): Promise<RangeOutcome> => {
  const { from, order } = range;
  const deadline = deps.now() + deps.budget.timeMs;
  const turn = createScanTurns(deps, signal);
  const isSpent = (): boolean =>
    progress.report.bytesRead > deps.budget.bytes || deps.now() > deadline;
  const canStopBefore = ({ bound }: StoredChunk): boolean =>
    progress.last !== Number.NEGATIVE_INFINITY &&
    (order === "newest" || bound.time > progress.last);
  for await (const slice of deps.store.scan(range, { signal })) {
    for (const chunk of slice) {
      await turn();
      if (isSpent() && canStopBefore(chunk))
        return { isComplete: false, scannedTo: Math.max(from, chunk.bound.time) };
      await visit(chunk);
    }
  }
  return { isComplete: true, scannedTo: undefined };
};

/** Visits, as `visitRange` does, what matches of the chunks that may hold some of it. */
export const scanRange = async (
  deps: ScanDeps,
  { evaluator, ...range }: RangePlan,
  visit: (reader: ChunkReader, matching: EntrySet) => void,
): Promise<RangeOutcome> => {
  const { tenant, from, to, signal, onDamage } = range;
  const progress = {
    report: { bytesRead: 0, bytesDecompressed: 0 },
    last: Number.NEGATIVE_INFINITY,
  };
  const { report } = progress;
  const read = async (chunk: StoredChunk): Promise<void> => {
    const opened = await deps.readers.open(tenant, chunk, { signal, isToKeep: false });
    const { reader } = opened;
    report.bytesRead += opened.bytesRead;
    const before = reader.bytesDecompressed;
    try {
      const { start, end } = indicesOf(reader, { first: from, last: to - 1 });
      visit(reader, evaluator.select(reader, start, end));
    } finally {
      report.bytesDecompressed += reader.bytesDecompressed - before;
    }
  };
  const visitOne = async (chunk: StoredChunk): Promise<void> => {
    const { meta } = chunk;
    if (meta.maxTime < from || meta.minTime >= to || evaluator.verdict(meta) === "none") return;
    progress.last = Math.max(progress.last, meta.maxTime);
    if (await isRuledOut(chunk, evaluator, { signal })) return;
    try {
      await read(chunk);
    } catch (error) {
      if (!isLogServiceError(error) || error.code !== "CHUNK_CORRUPT") throw error;
      onDamage(damageOf(chunk, error));
    }
  };
  return await visitRange(deps, range, progress, visitOne).finally(() => deps.onScan(report));
};
