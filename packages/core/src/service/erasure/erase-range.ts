import type { Filter } from "@log-service/query";
import { openChunk } from "../../chunk/decode.ts";
import type { IdSeed } from "../../entry/log-id.ts";
import { isLogServiceError } from "../../errors.ts";
import { createEvaluator, type Evaluator } from "../../evaluate/evaluate.ts";
import type { ChunkStore, Damage, ReplaceOutcome, StoredChunk, TimeRange } from "../../store.ts";
import type { Merged, MergeTask } from "../compaction/merge-chunks.ts";
import { mergedEntriesMax } from "../compaction/plan.ts";
import { isRuledOut } from "../rule-out.ts";
import { indicesOf } from "../select.ts";
import type { ErasureStep } from "./erasure.ts";
import { hoursOf } from "./hours.ts";

export interface RangeDeps {
  readonly store: ChunkStore;
  readonly nextSeed: () => IdSeed;
  /** Runs `mergeChunks`, here or on another thread; it takes the chunks' buffers with it. */
  readonly merge: (task: MergeTask) => Promise<Merged>;
  /** Lets everything else go first for a while, after work that took so long. */
  readonly rest: (workedMs: number) => Promise<void>;
  /** A monotonic clock, in milliseconds. */
  readonly timer: () => number;
}

export interface RangePlan extends TimeRange {
  readonly tenant: string;
  readonly filter: Filter;
  readonly signal: AbortSignal;
  readonly onDamage: (damage: Damage) => void;
  /** Called with times before which all has been dealt with. */
  readonly onReached?: ((time: number) => void) | undefined;
}

/** A chunk with entries that match. */
export interface Match {
  readonly chunk: StoredChunk;
  readonly bytes: Uint8Array;
  readonly count: number;
  /** The first of them. */
  readonly logId: string;
}

/** Bytes of chunks that one step replaces, roughly. */
const stepBytesMax = 4 * 1024 * 1024;
const stepChunksMax = 400;

/** It rests when it has worked for so long. */
const workedMsMax = 20;

export const isCorrupt = (error: unknown): boolean =>
  isLogServiceError(error) && error.code === "CHUNK_CORRUPT";

const damageOf = ({ meta }: StoredChunk, cause: unknown): Damage => ({
  part: `the chunk ${meta.id}`,
  cause,
});

const matchOf = async (
  chunk: StoredChunk,
  evaluator: Evaluator,
  { from, to, signal }: RangePlan,
): Promise<Match | undefined> => {
  if (evaluator.verdict(chunk.meta) === "none") return undefined;
  if (await isRuledOut(chunk, evaluator, { signal })) return undefined;
  const bytes = await chunk.bytes({ signal });
  const reader = openChunk(bytes);
  const { start, end } = indicesOf(reader, { first: from, last: to - 1 });
  const matching = evaluator.select(reader, start, end);
  if (matching.size === 0) return undefined;
  return { chunk, bytes, count: matching.size, logId: reader.logId(matching.bits.indexOf(1)) };
};

/** Yields the chunks of the range that have something to erase, hour by hour; it reads on when they have been dealt with. */
async function* matchesIn(
  { store, rest, timer }: RangeDeps,
  plan: RangePlan,
  isReplaceable: boolean,
): AsyncGenerator<{ readonly match: Match; readonly hour: object }> {
  const { tenant, from, to, filter, signal, onDamage } = plan;
  const evaluator = createEvaluator(filter);
  let since = timer();
  for await (const hour of hoursOf(store, { tenant, from, to, isReplaceable, onDamage }, signal))
    for (const chunk of hour) {
      const worked = timer() - since;
      if (worked > workedMsMax) {
        await rest(worked);
        since = timer();
      }
      signal.throwIfAborted();
      plan.onReached?.(chunk.bound.time);
      try {
        const match = await matchOf(chunk, evaluator, plan);
        if (match !== undefined) yield { match, hour };
      } catch (error) {
        if (!isCorrupt(error)) throw error;
        onDamage(damageOf(chunk, error));
      }
    }
}

/** Finds what matches and is still there, whether it can be replaced or not. */
export const findMatches = async (deps: RangeDeps, plan: RangePlan): Promise<Match[]> => {
  const matches: Match[] = [];
  const onReached = (time: number) => {
    if (matches.length === 0) plan.onReached?.(time);
  };
  // The bytes are not kept: there may be any number of them.
  for await (const { match } of matchesIn(deps, { ...plan, onReached }, false))
    matches.push({ ...match, bytes: new Uint8Array() });
  return matches;
};

/** Tells what a step is about to do before it is done, and does it. */
export type Commit = (
  step: ErasureStep,
  run: () => Promise<ReplaceOutcome>,
) => Promise<ReplaceOutcome>;

export type EraseOutcome = ReplaceOutcome | "damaged";

type EraseSome = (
  deps: RangeDeps,
  plan: RangePlan,
  matches: readonly Match[],
  commit: Commit,
) => Promise<{ readonly outcome: EraseOutcome; readonly rest: readonly Match[] }>;

/** Writes one chunk anew without what matches, in its own place; the others are left for another call. */
const rewriteOne: EraseSome = async (
  { store, nextSeed, merge },
  { tenant, filter, from, to, signal, onDamage },
  [match, ...rest],
  commit,
) => {
  if (match === undefined) return { outcome: "replaced", rest };
  const { meta: old } = match.chunk;
  const { chunks, damaged, erased } = await merge({
    chunks: [new Uint8Array(match.bytes)],
    seed: nextSeed(),
    entriesMax: old.count,
    keeps: { id: old.id, digest: old.digest },
    erase: { filter, from, to },
  });
  signal.throwIfAborted();
  if (damaged.length > 0) {
    onDamage(damageOf(match.chunk, undefined));
    return { outcome: "damaged", rest };
  }
  const outcome = await commit({ logId: match.logId, erased, chunks: 1 }, () =>
    store.rewrite({ tenant, old, chunk: chunks[0] }, { signal }),
  );
  return { outcome, rest };
};

/** Writes chunks of one hour anew without what matches. Those that would have been too much are left for another call. */
const replaceSome: EraseSome = async (
  { store, nextSeed, merge },
  { tenant, filter, from, to, signal, onDamage },
  matches,
  commit,
) => {
  const merged = await merge({
    chunks: matches.map(({ bytes }) => new Uint8Array(bytes)),
    seed: nextSeed(),
    entriesMax: mergedEntriesMax,
    erase: { filter, from, to },
  });
  signal.throwIfAborted();
  for (const index of merged.damaged) onDamage(damageOf(matches[index]!.chunk, undefined));
  const met = new Set([...merged.used, ...merged.damaged]);
  const rest = matches.filter((_, index) => !met.has(index));
  const old = merged.used.map((index) => matches[index]!);
  const [first] = old;
  if (first === undefined) return { outcome: "damaged", rest };
  const { chunks, erased } = merged;
  const replacement = { tenant, old: old.map(({ chunk }) => chunk.meta), chunks };
  const outcome = await commit({ logId: first.logId, erased, chunks: old.length }, () =>
    store.replace(replacement, { signal }),
  );
  return { outcome, rest };
};

/** What to tell of two outcomes: that a reader is in the way, which another try changes, before all else. */
const worseOf = (one: EraseOutcome, other: EraseOutcome): EraseOutcome =>
  other === "replaced" || one === "busy" ? one : other;

/** Erases what matches in chunks of one hour; resolves with the worst that came of any of them. */
export const eraseMatches = async (
  deps: RangeDeps,
  plan: RangePlan,
  matches: readonly Match[],
  commit: Commit,
): Promise<EraseOutcome> => {
  let worst: EraseOutcome = "replaced";
  const eraseSome = deps.store.capabilities.canReplace ? replaceSome : rewriteOne;
  for (let waiting = matches; waiting.length > 0; ) {
    const start = deps.timer();
    const { outcome, rest } = await eraseSome(deps, plan, waiting, commit);
    if (outcome === "busy" && waiting.length > 1) {
      // A scan has seen some of them and not the others: alone each may be free.
      for (const match of waiting)
        worst = worseOf(worst, await eraseMatches(deps, plan, [match], commit));
      return worst;
    }
    worst = worseOf(worst, outcome);
    await deps.rest(deps.timer() - start);
    waiting = rest;
  }
  return worst;
};

/** Erases what matches in the range and can be replaced now. Resolves with whether a reader was in the way. */
export const eraseRange = async (
  deps: RangeDeps,
  plan: RangePlan,
  commit: Commit,
): Promise<{ readonly isHeldUp: boolean }> => {
  let isHeldUp = false;
  let group: Match[] = [];
  let groupHour: object | undefined;
  let bytes = 0;
  const onReached = (time: number) => {
    if (group.length === 0) plan.onReached?.(time);
  };
  const flush = async () => {
    if ((await eraseMatches(deps, plan, group, commit)) === "busy") isHeldUp = true;
    group = [];
    bytes = 0;
  };
  for await (const { match, hour } of matchesIn(deps, { ...plan, onReached }, true)) {
    const isFull = bytes >= stepBytesMax || group.length >= stepChunksMax;
    if (isFull || hour !== groupHour) {
      await flush();
      onReached(match.chunk.bound.time);
    }
    groupHour = hour;
    group.push(match);
    bytes += match.bytes.length;
  }
  await flush();
  return { isHeldUp };
};
