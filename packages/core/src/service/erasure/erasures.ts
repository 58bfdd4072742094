import { type Filter, print } from "@log-service/query";
import { LogServiceError } from "../../errors.ts";
import type { TimeRange } from "../../store.ts";
import { type ErasureRecord, runningMax } from "./erasure.ts";
import { RunningErasure, type RunningErasureDeps } from "./running-erasure.ts";

export interface ErasureRequest extends TimeRange {
  readonly filter: Filter;
}

/** What is told of an erasure. */
export interface ErasureReport
  extends Omit<ErasureRecord, "tenant" | "filter" | "step" | "remaining"> {
  /** What is erased, while it runs. */
  readonly query: string | undefined;
  readonly matched: number;
}

export interface Erasures extends AsyncDisposable {
  /** Begins to erase a tenant's entries. Durable when it resolves. Throws ERASURES_TOO_MANY. */
  erase(tenant: string, request: ErasureRequest): Promise<ErasureReport>;
  /** Tells how far an erasure of the tenant is. Throws ERASURE_NOT_FOUND. */
  erasure(tenant: string, id: string): Promise<ErasureReport>;
}

export interface ErasuresDeps extends RunningErasureDeps {
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

const reportOf = (record: ErasureRecord): ErasureReport => {
  const { tenant: _tenant, filter, step: _step, remaining, ...rest } = record;
  return { ...rest, query: filter && print(filter), matched: record.erased + remaining };
};

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
  const { records, now, newId } = deps;
  const stopping = new AbortController();
  const rounds = createRounds(deps, stopping.signal);
  const done = rounds.run();
  return {
    erase: async (tenant, { from, to, filter }) => {
      const own = (await records.running()).filter((record) => record.tenant === tenant);
      if (own.length >= runningMax) {
        const message = `${own.length} erasures are running; the limit is ${runningMax}`;
        throw new LogServiceError("ERASURES_TOO_MANY", message, { retryAfterMs: 60_000 });
      }
      const counts = { erased: 0, chunks: 0, remaining: 0, left: [], leftCount: 0 };
      const about = { id: newId(), tenant, from, to, filter, createdAt: now() };
      const record: ErasureRecord = { ...about, state: "running", ...counts };
      await records.put(record);
      rounds.wake();
      return reportOf(record);
    },
    erasure: async (tenant, id) => {
      const known = rounds.known(id);
      const record = known?.tenant === tenant ? known : await records.get(tenant, id);
      if (record !== undefined) return reportOf(record);
      const message = `there is no erasure ${JSON.stringify(id.slice(0, 40))}`;
      throw new LogServiceError("ERASURE_NOT_FOUND", message);
    },
    [Symbol.asyncDispose]: async () => {
      stopping.abort(new Error("the erasures are stopped"));
      await done;
    },
  };
};
