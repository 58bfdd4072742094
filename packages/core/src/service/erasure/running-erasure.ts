import { openChunk } from "../../chunk/decode.ts";
import { LogServiceError } from "../../errors.ts";
import { arrivalsKeptMs, type ChunkStore, type Damage, type TimeRange } from "../../store.ts";
import {
  type Commit,
  type EraseOutcome,
  eraseMatches,
  eraseRange,
  findMatches,
  isCorrupt,
  type Match,
  type RangeDeps,
  type RangePlan,
} from "./erase-range.ts";
import {
  type ErasureLeft,
  type ErasurePlace,
  type ErasureRecord,
  type ErasureWait,
  leftListed,
  type TenantErasureStore,
} from "./erasure.ts";

export interface RunningErasureDeps extends RangeDeps {
  readonly records: TenantErasureStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onDamage: (damage: Damage & { readonly tenant: string }) => void;
}

/** When to look again for what arrived in the last minutes, and for readers that are in the way. */
const waitMs: Readonly<Record<ErasureWait, number>> = { recent: 60_000, readers: 5_000 };

/**
 * All that arrived before it began can be replaced by then, and what arrived in its first minutes too. What goes on arriving does
 * not keep it from ending.
 */
const patienceMs = 2 * arrivalsKeptMs;

/** What was replaced counts as replaced before now although the clock was set back by so much. */
const clockStepMs = 60_000;

const countOf = (matches: readonly Match[]): number =>
  matches.reduce((sum, { count }) => sum + count, 0);

/** The times of the chunks, which hold all that is to be looked at again. */
const spanOf = (matches: readonly Match[], { from, to }: TimeRange): TimeRange => ({
  from: Math.max(from, Math.min(...matches.map(({ chunk }) => chunk.meta.minTime))),
  to: Math.min(to, Math.max(...matches.map(({ chunk }) => chunk.meta.maxTime)) + 1),
});

const partOf = ({ chunk }: Match): string => `the chunk ${chunk.meta.id}`;

const isThere = async (store: ChunkStore, tenant: string, logId: string): Promise<boolean> => {
  try {
    const chunk = await store.get(tenant, logId);
    return chunk !== undefined && openChunk(await chunk.bytes()).indexOf(logId) >= 0;
  } catch (error) {
    // What cannot be read was not written by the step a moment ago.
    if (isCorrupt(error)) return true;
    throw error;
  }
};

/**
 * An erasure that goes on. Each step is written down before it is done, so that the counts are right after a crash; beyond
 * those nothing need be remembered, since what was erased does not match again.
 */
export class RunningErasure {
  readonly #deps: RunningErasureDeps;
  /** When this process took it up: a store may have to learn anew what is recent. */
  readonly #since: number;
  #record: ErasureRecord;
  /** Where to look again; undefined for the whole range. */
  #window: TimeRange | undefined;
  /** Chunks that could not be replaced because they were not there, though a scan had found them. */
  readonly #gone = new Set<string>();
  readonly #left = new Map<string, ErasureLeft>();
  /** How far a look at the whole range has come. */
  #reached: ErasurePlace | undefined;
  /** Set when nothing matches any more: what was replaced up to this time is to leave the files. */
  #replacedTo: number | undefined;

  constructor(deps: RunningErasureDeps, record: ErasureRecord) {
    this.#deps = deps;
    this.#record = record;
    this.#since = deps.now();
    for (const { part, reason } of record.left) this.#leave(part, reason);
  }

  get record(): ErasureRecord {
    return this.#record;
  }

  /**
   * Goes on as far as it can; resolves with how long to wait, or undefined when it has ended. When the signal aborts, it
   * rejects, and another process can go on from there.
   */
  async advance(signal: AbortSignal): Promise<number | undefined> {
    try {
      return await this.#advance(signal);
    } catch (error) {
      if (signal.aborted) await this.#save({ resume: this.#reached, ...this.#listLeft() });
      throw error;
    }
  }

  async #advance(signal: AbortSignal): Promise<number | undefined> {
    await this.#settleStep();
    while (this.#replacedTo === undefined) {
      const wait = await this.#look(signal);
      if (wait === undefined) continue;
      await this.#save({ waitingFor: wait });
      return waitMs[wait];
    }
    return await this.#purge(this.#replacedTo, signal);
  }

  async #save(changes: Partial<ErasureRecord>): Promise<void> {
    this.#record = { ...this.#record, ...changes };
    await this.#deps.records.put(this.#record);
  }

  /** Counts a step of which it is not known whether it happened. */
  async #settleStep(): Promise<void> {
    const { step, tenant } = this.#record;
    if (step === undefined) return;
    const isUndone = await isThere(this.#deps.store, tenant, step.logId);
    this.#count(isUndone ? undefined : step);
  }

  #count(step: ErasureRecord["step"]): void {
    const { erased, chunks } = this.#record;
    this.#record = {
      ...this.#record,
      step: undefined,
      erased: erased + (step?.erased ?? 0),
      chunks: chunks + (step?.chunks ?? 0),
    };
  }

  readonly #commit: Commit = async (step, run) => {
    await this.#save({ step, waitingFor: undefined, resume: this.#reached });
    const outcome = await run();
    this.#count(outcome === "replaced" ? step : undefined);
    return outcome;
  };

  #planOf(signal: AbortSignal): RangePlan {
    const { tenant, from, to, filter } = this.#record;
    if (filter === undefined) throw new LogServiceError("INTERNAL", "an erasure has no filter");
    const onDamage = (damage: Damage) => {
      this.#deps.onDamage({ ...damage, tenant });
      this.#leave(damage.part, "it is damaged, and cannot be read");
    };
    return { tenant, filter, signal, onDamage, ...(this.#window ?? { from, to }) };
  }

  #leave(part: string, reason: string): void {
    this.#left.set(part, { part, reason });
  }

  #listLeft(): Pick<ErasureRecord, "left" | "leftCount"> {
    const left = [...this.#left.values()];
    return { left: left.slice(0, leftListed), leftCount: left.length };
  }

  /** The part of a plan that is still to be done. */
  #partOf(plan: RangePlan, part: ErasurePlace["part"], from = plan.from): RangePlan {
    if (this.#window !== undefined) return plan;
    const onReached = (time: number) => {
      this.#reached = { part, from: Math.max(from, time) };
    };
    onReached(from);
    return { ...plan, from, onReached };
  }

  /** Erases what it can, unless a process before has come further already. */
  async #erase(plan: RangePlan, resume: ErasurePlace | undefined): Promise<boolean> {
    if (resume?.part === "check") return false;
    const part = this.#partOf(plan, "erase", resume?.from);
    return (await eraseRange(this.#deps, part, this.#commit)).isHeldUp;
  }

  /** Erases what it can, and looks whether anything is left. */
  async #look(signal: AbortSignal): Promise<ErasureWait | undefined> {
    const plan = this.#planOf(signal);
    const resume = this.#window === undefined ? this.#record.resume : undefined;
    // Only the last look at everything tells what is left.
    if (this.#window === undefined && resume === undefined) this.#left.clear();
    const isHeldUp = await this.#erase(plan, resume);
    const checkFrom = resume?.part === "check" ? resume.from : undefined;
    const all = await findMatches(this.#deps, this.#partOf(plan, "check", checkFrom));
    this.#reached = undefined;
    this.#record = { ...this.#record, remaining: countOf(all), resume: undefined };
    const waiting = all.filter((match) => !this.#left.has(partOf(match)));
    if (isHeldUp) return "readers";
    // Where chunks are rewritten in their places, tails go on from there, and what was found has only just arrived.
    const isPatient = this.#deps.store.capabilities.canReplace;
    if (isPatient && waiting.length > 0 && this.#deps.now() < this.#since + patienceMs) {
      this.#window = spanOf(waiting, plan);
      return "recent";
    }
    const outcomes = await this.#pressOn(plan, waiting);
    const hasChanged = [...outcomes].some((outcome) => outcome !== "busy");
    const isOver = this.#isOver(outcomes);
    if (isOver) this.#record = { ...this.#record, remaining: 0 };
    const isToLookAgain = (hasChanged && !isOver) || this.#window !== undefined;
    this.#window = undefined;
    if (!isToLookAgain) this.#replacedTo = this.#deps.now() + clockStepMs;
    return undefined;
  }

  /** Whether all that a look has found is gone, and enough was looked for where chunks are rewritten as they arrive. */
  #isOver(outcomes: ReadonlySet<EraseOutcome>): boolean {
    const isLate = this.#deps.now() >= this.#record.createdAt + patienceMs;
    return isLate && !this.#deps.store.capabilities.canReplace && !outcomes.has("gone");
  }

  /** Tells what cannot be replaced from what only arrived late, which the erasure does not wait for. */
  async #pressOn(plan: RangePlan, waiting: readonly Match[]): Promise<ReadonlySet<EraseOutcome>> {
    const outcomes = new Set<EraseOutcome>();
    for (const match of waiting) {
      const { id } = match.chunk.meta;
      if (this.#gone.has(id)) {
        this.#leave(partOf(match), "it is in a damaged part of the store, which is not written to");
        continue;
      }
      const outcome = await this.#eraseAlone(plan, match);
      if (outcome === "gone") this.#gone.add(id);
      outcomes.add(outcome);
    }
    return outcomes;
  }

  async #eraseAlone(plan: RangePlan, match: Match): Promise<EraseOutcome> {
    try {
      const bytes = await match.chunk.bytes(plan);
      return await eraseMatches(this.#deps, plan, [{ ...match, bytes }], this.#commit);
    } catch (error) {
      if (isCorrupt(error)) return "damaged";
      throw error;
    }
  }

  async #purge(replacedTo: number, signal: AbortSignal): Promise<number | undefined> {
    const { from, to } = this.#record;
    const { onDamage } = this.#planOf(signal);
    const outcome = await this.#deps.store.purge({ from, to, replacedTo, onDamage }, { signal });
    if (outcome === "later") {
      await this.#save({ waitingFor: "readers" });
      return waitMs.readers;
    }
    await this.#save({
      state: this.#left.size > 0 ? "failed" : "done",
      filter: undefined,
      waitingFor: undefined,
      finishedAt: this.#deps.now(),
      ...this.#listLeft(),
    });
    return undefined;
  }
}
