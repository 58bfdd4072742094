import { arrivalsKeptMs, type ExpiryTimes, mergedSpanMs } from "../../store.ts";
import { type CompactionDeps, createCompaction } from "./compact.ts";

export interface MaintenanceDeps extends CompactionDeps {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves after so many milliseconds; rejects when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Up to when entries have expired; undefined while all are kept. */
  readonly expiryTimes: () => ExpiryTimes | undefined;
  /** Called when nothing is to be done for a while. */
  readonly onRoundEnd: () => Promise<void>;
  readonly onExpire: (chunks: number) => void;
  /** Something failed; it is tried again. */
  readonly onFailure: (cause: unknown) => void;
}

/** How often the hours just past are looked through, and how often everything is. */
const roundMs = 60_000;
const roundsPerSurvey = 60;

/** What arrived a little late is met by the next rounds. */
const reachMs = 2 * mergedSpanMs;

/** Merges, deletes and gives space back, in the background, until it is disposed; resolves when the last step has ended. */
export const createMaintenance = (deps: MaintenanceDeps): AsyncDisposable => {
  const { store, now, wait, expiryTimes, onRoundEnd, onExpire, onFailure } = deps;
  const compact = createCompaction(deps);
  const stopping = new AbortController();
  const { signal } = stopping;

  const expire = async () => {
    const times = expiryTimes();
    if (times === undefined) return;
    const chunks = await store.expire(times, { signal });
    if (chunks > 0) onExpire(chunks);
  };

  const reclaim = async () => {
    while (!signal.aborted && (await store.reclaim({ signal }))) await deps.rest(1);
  };

  const round = async (isSurvey: boolean) => {
    if (isSurvey) await expire();
    const to = now() - arrivalsKeptMs;
    await compact({ from: isSurvey ? 0 : to - reachMs, to }, signal);
    await reclaim();
  };

  const run = async () => {
    let roundsToSurvey = 0;
    while (!signal.aborted) {
      try {
        await round(roundsToSurvey === 0);
        roundsToSurvey = roundsToSurvey === 0 ? roundsPerSurvey : roundsToSurvey - 1;
      } catch (cause) {
        if (!signal.aborted) onFailure(cause);
      }
      await onRoundEnd();
      if (!signal.aborted) await wait(roundMs, signal).catch(() => undefined);
    }
  };

  const running = store.capabilities.canReplace ? run() : Promise.resolve();
  return {
    [Symbol.asyncDispose]: async () => {
      stopping.abort(new Error("the maintenance is stopped"));
      await running;
    },
  };
};
