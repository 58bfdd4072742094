import { openChunk } from "../chunk/decode.ts";
import { createSharedNumberSpace } from "../chunk/number-space.ts";
import { isLogServiceError } from "../errors.ts";
import { createEvaluator } from "../evaluate/evaluate.ts";
import { createTallyVisitor } from "../scan/scanner.ts";
import type { Tally } from "../scan/tally.ts";
import type { TallyTask } from "../scan/task.ts";
import type { Damage, StoredChunk } from "../store.ts";
import { isRuledOut } from "./rule-out.ts";
import type { ScanDeps } from "./scan-page.ts";
import { type RangeOutcome, visitRange } from "./scan-range.ts";
import type { Order } from "./select.ts";
import { createSlices, damageIn, damageOf, type Slices } from "./slices.ts";

export interface TallyPlan {
  readonly tenant: string;
  readonly order: Order;
  readonly signal: AbortSignal | undefined;
  readonly onDamage: (damage: Damage) => void;
}

/** So many chunks are read where they are asked for; to wake a thread for fewer costs more. */
const chunksHereMax = 16;

/** The state of one tally while chunks are read: the first ones here, the others by the threads of the pool. */
class TallyScan {
  readonly #plan: TallyPlan;
  readonly #task: TallyTask;
  readonly #tally: Tally<unknown>;
  readonly #visitor;
  readonly #evaluator;
  readonly #space = createSharedNumberSpace();
  readonly #slices: Slices | undefined;
  #readHere = 0;
  /** The last time that a chunk which was visited reaches. */
  last = Number.NEGATIVE_INFINITY;
  readonly report = { bytesRead: 0, bytesDecompressed: 0 };

  constructor(deps: ScanDeps, plan: TallyPlan, task: TallyTask, tally: Tally<unknown>) {
    this.#plan = plan;
    this.#task = task;
    this.#tally = tally;
    this.#visitor = createTallyVisitor(task, tally);
    this.#evaluator = createEvaluator(task.filter);
    this.#slices =
      deps.pool &&
      createSlices(deps.pool, task, (chunks, result) => {
        tally.merge(result.partial);
        this.report.bytesDecompressed += result.bytesDecompressed;
        for (const damage of damageIn(chunks, result)) plan.onDamage(damage);
      });
  }

  async visit(chunk: StoredChunk): Promise<void> {
    const { meta } = chunk;
    const { from, to } = this.#task;
    const verdict = this.#evaluator.verdict(meta);
    if (verdict === "none" || meta.maxTime < from || meta.minTime >= to) return;
    this.last = Math.max(this.last, meta.maxTime);
    const isWhole = verdict === "all" && meta.minTime >= from && meta.maxTime < to;
    if (isWhole && this.#tally.addMeta?.(meta)) return;
    const { signal } = this.#plan;
    if (await isRuledOut(chunk, this.#evaluator, { signal })) return;
    try {
      const bytes = await chunk.bytes({ signal });
      this.report.bytesRead += bytes.length;
      if (this.#slices !== undefined && this.#readHere >= chunksHereMax)
        await this.#slices.add(chunk, bytes);
      else this.#readOne(bytes);
    } catch (error) {
      if (!isLogServiceError(error) || error.code !== "CHUNK_CORRUPT") throw error;
      this.#plan.onDamage(damageOf(chunk, error));
    }
  }

  #readOne(bytes: Uint8Array): void {
    this.#readHere++;
    this.#space.reset();
    const reader = openChunk(bytes, this.#space.numbers);
    this.#visitor.visit(reader, 0);
    this.report.bytesDecompressed += reader.bytesDecompressed;
  }

  async drain(): Promise<void> {
    await this.#slices?.drain();
  }
}

/** Tallies what matches in a range, and stops as `visitRange` does. */
export const scanTally = async <Data>(
  deps: ScanDeps,
  plan: TallyPlan,
  task: TallyTask,
  tally: Tally<Data>,
): Promise<RangeOutcome> => {
  const { from, to } = task;
  // Threads that are given the task make what its own tally merges.
  const scan = new TallyScan(deps, plan, task, tally as Tally<unknown>);
  try {
    const range = { ...plan, from, to };
    const outcome = await visitRange(deps, range, scan, (chunk) => scan.visit(chunk));
    await scan.drain();
    return outcome;
  } finally {
    deps.onScan(scan.report);
  }
};
