import {
  type ChunkStore,
  isLogServiceError,
  LogServiceError,
  type StoredChunk,
} from "@log-service/core";

/**
 * - `throttled`: the store refuses, and nothing has happened
 * - `timedOut`: the write took effect, and the caller is told that it failed
 * - `midway`: a part of the write took effect, or of the scan was yielded, and the rest did not
 */
export type Fault = "throttled" | "timedOut" | "midway";

export interface FaultPlan {
  /** What happens to the first calls of each kind for the same thing; later ones are fine. */
  readonly faults: readonly Fault[];
  /** Whether a scan yields each chunk in a slice of its own. */
  readonly oneItemSlices?: boolean;
}

export const faultPlans: Readonly<Record<string, FaultPlan>> = {
  "throttled twice, then fine": { faults: ["throttled", "throttled"] },
  "timed out after the write took effect": { faults: ["timedOut"] },
  "aborted midway": { faults: ["midway"] },
  "throttled, aborted midway, then timed out": { faults: ["throttled", "midway", "timedOut"] },
  "page boundary after every item": { faults: [], oneItemSlices: true },
};

const busy = () =>
  new LogServiceError("STORE_BUSY", "the store is throttled by a test", { retryAfterMs: 1 });

const timedOut = () =>
  new LogServiceError("STORE_UNAVAILABLE", "the store timed out in a test", { retryAfterMs: 1 });

async function* scanWithFaults(
  slices: AsyncIterable<readonly StoredChunk[]>,
  fault: Fault | undefined,
  oneItemSlices: boolean,
) {
  if (fault === "throttled") throw busy();
  for await (const slice of slices) {
    if (oneItemSlices) for (const chunk of slice) yield [chunk];
    else yield slice;
    if (fault !== undefined) throw timedOut();
  }
}

/** A store that fails in its first calls as the plan says, and passes the others on. */
export const withFaults = (store: ChunkStore, plan: FaultPlan): ChunkStore => {
  const calls = new Map<string, number>();
  const nextFault = (...call: unknown[]): Fault | undefined => {
    const key = JSON.stringify(call);
    const count = calls.get(key) ?? 0;
    calls.set(key, count + 1);
    return plan.faults[count];
  };
  /** Runs a call whose first part is `half`, the whole of which is `whole`. */
  const run = async <T>(
    fault: Fault | undefined,
    whole: () => Promise<T>,
    half: () => Promise<unknown>,
  ): Promise<T> => {
    if (fault === "throttled") throw busy();
    if (fault === "midway") await half();
    const result = fault === "midway" ? undefined : await whole();
    if (fault !== undefined || result === undefined) throw timedOut();
    return result;
  };
  return {
    capabilities: store.capabilities,
    put: (chunks, options) => {
      const fault = nextFault(
        "put",
        chunks.map(({ tenant, meta }) => [tenant, meta.id]),
      );
      const half = chunks.slice(0, Math.floor(chunks.length / 2));
      const put = (some: typeof chunks) => () => store.put(some, options);
      return run(fault, put(chunks), put(half));
    },
    reserve: (reservation, options) =>
      run(
        nextFault("reserve", reservation),
        () => store.reserve(reservation, options),
        () => Promise.resolve(),
      ),
    scan: (request, options) => {
      const { tenant, order, from, to } = request;
      const fault = nextFault("scan", tenant, order, from, to);
      return scanWithFaults(store.scan(request, options), fault, plan.oneItemSlices ?? false);
    },
    get: async (tenant, logId, options) => {
      if (nextFault("get", tenant, logId) !== undefined) throw busy();
      return store.get(tenant, logId, options);
    },
    arrivals: async (request, options) => {
      if (nextFault("arrivals", request.tenant, request.after) !== undefined) throw busy();
      return store.arrivals(request, options);
    },
    onArrival: (tenant, listener) => store.onArrival(tenant, listener),
    tenants: (range, options) => store.tenants(range, options),
    replace: (replacement, options) =>
      run(
        nextFault("replace", replacement.tenant, replacement.old),
        () => store.replace(replacement, options),
        () => Promise.resolve(),
      ),
    rewrite: (rewrite, options) =>
      run(
        nextFault("rewrite", rewrite.tenant, rewrite.old),
        () => store.rewrite(rewrite, options),
        () => Promise.resolve(),
      ),
    expire: (times, options) => store.expire(times, options),
    reclaim: (options) => store.reclaim(options),
    purge: (request, options) => store.purge(request, options),
    check: (options) => store.check(options),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
};

const passing: readonly string[] = ["STORE_BUSY", "STORE_UNAVAILABLE"];

/** Tries again, as a sender does, as long as the error is one that passes. */
export const untilDone = async <T>(call: () => Promise<T>): Promise<T> => {
  for (let triesLeft = 5; ; triesLeft--) {
    try {
      return await call();
    } catch (error) {
      if (triesLeft === 0 || !isLogServiceError(error) || !passing.includes(error.code))
        throw error;
    }
  }
};
