import type { ChunkMeta } from "../chunk/chunk.ts";
import type { ChunkReader } from "../chunk/decode.ts";
import { isLogServiceError } from "../errors.ts";
import type { EntrySet } from "../evaluate/entry-set.ts";
import type { Evaluator } from "../evaluate/evaluate.ts";
import type { Damage, StoredChunk } from "../store.ts";
import { type ScanDeps, turnMs } from "./scan-page.ts";
import { indicesOf, type Order } from "./select.ts";

/** Everything in a range that matches. */
export interface RangePlan {
  readonly tenant: string;
  readonly evaluator: Evaluator;
  /** Milliseconds since 1970: from inclusive, to exclusive. */
  readonly from: number;
  readonly to: number;
  readonly order: Order;
  readonly signal: AbortSignal | undefined;
  readonly onDamage: (damage: Damage) => void;
}

export interface VisitedChunk {
  readonly meta: ChunkMeta;
  /** Whether every entry of the chunk is in the range and matches: then its metadata tell what it has. */
  readonly isWhole: boolean;
  read(): Promise<{ readonly reader: ChunkReader; readonly matching: EntrySet }>;
}

export interface RangeOutcome {
  readonly isComplete: boolean;
  /** When the budget ran out: all before this time has been visited, and nothing from it on. Oldest first only. */
  readonly scannedTo: number | undefined;
}

/**
 * Visits the chunks that may hold what is looked for. When the budget runs out it stops, oldest first, at a time that
 * no visited chunk reaches, so that another scan can go on from there and nothing is counted twice.
 */
export const scanRange = async (
  deps: ScanDeps,
  plan: RangePlan,
  visit: (chunk: VisitedChunk) => Promise<void>,
): Promise<RangeOutcome> => {
  const { tenant, evaluator, from, to, order, signal, onDamage } = plan;
  const deadline = deps.now() + deps.budget.timeMs;
  let turnAt = deps.now() + turnMs;
  const report = { bytesRead: 0, bytesDecompressed: 0 };
  let last = Number.NEGATIVE_INFINITY;
  const visitOne = async (chunk: StoredChunk): Promise<void> => {
    const { meta } = chunk;
    const verdict = evaluator.verdict(meta);
    if (verdict === "none" || meta.maxTime < from || meta.minTime >= to) return;
    last = Math.max(last, meta.maxTime);
    const isWhole = verdict === "all" && meta.minTime >= from && meta.maxTime < to;
    let decompressed = () => 0;
    const read = async () => {
      const opened = await deps.readers.open(tenant, chunk, { signal, isToKeep: false });
      report.bytesRead += opened.bytesRead;
      const { reader } = opened;
      const before = reader.bytesDecompressed;
      decompressed = () => reader.bytesDecompressed - before;
      const { start, end } = indicesOf(reader, { first: from, last: to - 1 });
      return { reader, matching: evaluator.select(reader, start, end) };
    };
    try {
      await visit({ meta, isWhole, read });
    } catch (error) {
      if (!isLogServiceError(error) || error.code !== "CHUNK_CORRUPT") throw error;
      onDamage({ part: `the chunk ${meta.id}`, cause: error });
    }
    report.bytesDecompressed += decompressed();
  };
  const canStopBefore = ({ bound }: StoredChunk): boolean =>
    last !== Number.NEGATIVE_INFINITY && (order === "newest" || bound.time > last);
  const visitAll = async (): Promise<RangeOutcome> => {
    for await (const slice of deps.store.scan({ tenant, from, to, order, onDamage }, { signal })) {
      for (const chunk of slice) {
        if (deps.now() >= turnAt) {
          await deps.nextTurn();
          turnAt = deps.now() + turnMs;
        }
        signal?.throwIfAborted();
        const isSpent = report.bytesRead > deps.budget.bytes || deps.now() > deadline;
        if (isSpent && canStopBefore(chunk))
          return { isComplete: false, scannedTo: Math.max(from, chunk.bound.time) };
        await visitOne(chunk);
      }
    }
    return { isComplete: true, scannedTo: undefined };
  };
  return await visitAll().finally(() => deps.onScan(report));
};
