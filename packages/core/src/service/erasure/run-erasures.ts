import type { ErasureRecord } from "./erasure.ts";
import { RunningErasure, type RunningErasureDeps } from "./running-erasure.ts";

export interface RunErasuresDeps extends RunningErasureDeps {
  /** Resolves after so many milliseconds; rejects when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onEnd: (record: ErasureRecord) => void;
}

/**
 * Does a tenant's erasures, those too that are asked for meanwhile, until none is left; for a process that lives as long as
 * that takes. Rejects when the signal aborts. One that fails holds up no other: it rejects with the first failure when the
 * others have ended.
 */
export const runErasures = async (
  deps: RunErasuresDeps,
  tenant: string,
  signal: AbortSignal,
): Promise<void> => {
  const begun = new Map<string, RunningErasure>();
  const failures = new Map<string, unknown>();
  const advance = async (record: ErasureRecord): Promise<number> => {
    const erasure = begun.get(record.id) ?? new RunningErasure(deps, record);
    begun.set(record.id, erasure);
    try {
      const waitMs = await erasure.advance(signal);
      if (waitMs === undefined) deps.onEnd(erasure.record);
      return waitMs ?? 0;
    } catch (cause) {
      signal.throwIfAborted();
      failures.set(record.id, cause);
      return 0;
    }
  };
  for (;;) {
    const running = await deps.records.running(tenant);
    const waiting = running.filter(({ id }) => !failures.has(id));
    if (waiting.length === 0) break;
    const waits: number[] = [];
    for (const record of waiting) waits.push(await advance(record));
    signal.throwIfAborted();
    await deps.wait(Math.min(...waits), signal);
  }
  for (const failure of failures.values()) throw failure;
};
