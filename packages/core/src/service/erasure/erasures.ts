import type { ErasureRecord, ErasureStore } from "./erasure.ts";
import { createErasureRequests, type ErasureRequests } from "./erasure-requests.ts";
import { RunningErasure, type RunningErasureDeps } from "./running-erasure.ts";

export interface Erasures extends ErasureRequests, AsyncDisposable {}

export interface ErasuresDeps extends RunningErasureDeps {
  readonly records: ErasureStore;
  readonly newId: () => string;
  /** Resolves after so many milliseconds; rejects when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onEnd: (record: ErasureRecord) => void;
  /** Called when nothing is to be done for a while. */
  readonly onRoundEnd: () => Promise<void>;
  /** Something failed; it is tried again. */
  readonly onFailure: (cause: unknown) => void;
}

const idleMs = 3_600_000;
const retryMs = 10_000;

/** The pause between two rounds, which a new erasure ends. */
const createPause = (wait: ErasuresDeps["wait"], stopping: AbortSignal) => {
  let waking = new AbortController();
  return {
    wake: () => waking.abort(),
    for: async (ms: number) => {
      await wait(ms, AbortSignal.any([stopping, waking.signal])).catch(() => undefined);
      waking = new AbortController();
    },
  };
};

/** Lets the erasures that are running take turns, until the signal aborts: one that has to wait holds up no other. */
const createRounds = (deps: ErasuresDeps, signal: AbortSignal) => {
  const { records, onEnd, onRoundEnd, onFailure } = deps;
  const pause = createPause(deps.wait, signal);
  const running = new Map<string, RunningErasure>();

  const advance = async (erasure: RunningErasure): Promise<number> => {
    try {
      const waitMs = await erasure.advance(signal);
      if (waitMs !== undefined) return waitMs;
      running.delete(erasure.record.id);
      onEnd(erasure.record);
      return idleMs;
    } catch (cause) {
      if (!signal.aborted) onFailure(cause);
      return retryMs;
    }
  };

  const round = async (): Promise<number> => {
    let waitMs = idleMs;
    for (const record of await records.running()) {
      if (signal.aborted) break;
      const erasure = running.get(record.id) ?? new RunningErasure(deps, record);
      running.set(record.id, erasure);
      waitMs = Math.min(waitMs, await advance(erasure));
    }
    return waitMs;
  };

  return {
    wake: pause.wake,
    known: (id: string): ErasureRecord | undefined => running.get(id)?.record,
    run: async (): Promise<void> => {
      while (!signal.aborted) {
        const waitMs = await round().catch((cause: unknown) => {
          onFailure(cause);
          return retryMs;
        });
        await onRoundEnd();
        if (!signal.aborted) await pause.for(waitMs);
      }
    },
  };
};

/** Erases entries in the background, until it is disposed; what an earlier process has begun goes on. */
export const createErasures = (deps: ErasuresDeps): Erasures => {
  const stopping = new AbortController();
  const rounds = createRounds(deps, stopping.signal);
  const done = rounds.run();
  const requests = createErasureRequests({
    ...deps,
    known: rounds.known,
    onBegin: async () => rounds.wake(),
  });
  return {
    ...requests,
    [Symbol.asyncDispose]: async () => {
      stopping.abort(new Error("the erasures are stopped"));
      await done;
    },
  };
};
