import type { ChunkStore } from "@log-service/core";
import { createChunkEncoder, isLogServiceError } from "@log-service/core";
import {
  createErasureRequests,
  type ErasureRequests,
  mergeChunks,
  runErasures,
} from "@log-service/core/service";
import type { DynamoErasureStore } from "@log-service/stores/dynamodb";
import type { Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";

/** What the function sends itself: to do the erasures of a tenant. */
export interface EraseEvent {
  readonly eraseOf: string;
}

/** No event of a Function URL has such a member, whatever a request says: those have the request further inside. */
export const isEraseEvent = (event: object): event is EraseEvent =>
  "eraseOf" in event && typeof event.eraseOf === "string";

export interface ErasingDeps {
  readonly store: ChunkStore;
  readonly records: DynamoErasureStore;
  readonly now: () => number;
  readonly newId: () => string;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "onDamage">;
  /** A signal that aborts after so long; the platform's own unless it is given. */
  readonly timeout?: ((ms: number) => AbortSignal) | undefined;
  /** Has the function invoked with the event, in an invocation of its own. */
  readonly invoke: (event: EraseEvent) => Promise<void>;
}

/** One invocation: who it is, also when it is begun again, and how much time it has. */
export interface Turn {
  readonly requestId: string;
  readonly leftMs: number;
}

/** So long before an invocation is cut off it stops by itself, and has another one go on. */
const stopBeforeMs = 20_000;

/** A turn outlives its invocation by this much: clocks differ. */
const turnSlackMs = 5_000;

/**
 * What an invocation waits before it tries again what the table has not taken, for nine minutes in all: Lambda's own two repeats
 * come within minutes, and an outage may last longer than that.
 */
const pausesMs = [5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 240_000] as const;

/** Whether it may pass by itself. */
const mayPass = (error: unknown): boolean =>
  isLogServiceError(error) && (error.code === "STORE_BUSY" || error.code === "STORE_UNAVAILABLE");

/** Does a tenant's erasures by `run`, again after a pause where the table did not take them. */
const persist = async (
  { wait, log }: Pick<ErasingDeps, "wait" | "log">,
  tenant: string,
  signal: AbortSignal,
  run: () => Promise<void>,
): Promise<void> => {
  for (const pauseMs of pausesMs) {
    try {
      return await run();
    } catch (error) {
      signal.throwIfAborted();
      if (!mayPass(error)) throw error;
      log.warn("an erasure waits for the table", { tenant, pauseMs, error });
      await wait(pauseMs, signal);
    }
  }
  await run();
};

export interface Erasing {
  readonly requests: ErasureRequests;
  /** Does the erasures of a tenant, unless somebody does already. */
  work(event: EraseEvent, turn: Turn): Promise<void>;
}

const noSeed = () => ({ high: 0, low: 0 });

/**
 * Erasure where nothing runs by itself: who asks for one, or asks how far one is that nobody does, has the function invoke itself.
 * One invocation at a time works for a tenant; when its time runs out the next one goes on from there.
 */
export const createErasing = (deps: ErasingDeps): Erasing => {
  const { store, records, now, log, metrics, invoke } = deps;
  const { timeout = (ms: number) => AbortSignal.timeout(ms) } = deps;
  const { encode } = createChunkEncoder();
  const requests = createErasureRequests({
    ...deps,
    onBegin: ({ tenant }) => invoke({ eraseOf: tenant }),
  });

  const run = (tenant: string, signal: AbortSignal): Promise<void> =>
    runErasures(
      {
        store,
        records,
        now,
        wait: deps.wait,
        timer: () => performance.now(),
        // What is rewritten keeps its id.
        nextSeed: noSeed,
        merge: async (task) => mergeChunks(task, encode),
        // Nobody else is waiting in this process.
        rest: () => Promise.resolve(),
        onDamage: (damage) => metrics.onDamage(damage),
        onEnd: ({ id, tenant: of, state, erased, chunks, leftCount }) =>
          log.info("an erasure has ended", {
            erasure: id,
            tenant: of,
            state,
            erased,
            chunks,
            leftCount,
          }),
      },
      tenant,
      signal,
    );

  return {
    requests: {
      erase: requests.erase,
      erasure: async (tenant, id) => {
        const report = await requests.erasure(tenant, id);
        if (report.state === "running" && (await records.isTurnFree(tenant)))
          await invoke({ eraseOf: tenant }).catch((error: unknown) =>
            log.error("an erasure could not be begun again", { error }),
          );
        return report;
      },
    },
    work: async ({ eraseOf: tenant }, { requestId, leftMs }) => {
      if (!(await records.takeTurn(tenant, requestId, now() + leftMs + turnSlackMs))) return;
      const stopping = timeout(Math.max(1, leftMs - stopBeforeMs));
      try {
        await persist(deps, tenant, stopping, () => run(tenant, stopping));
      } catch (error) {
        // Lambda invokes it again, twice, and counts an error each time.
        if (!stopping.aborted) throw error;
      } finally {
        await records.endTurn(tenant, requestId);
      }
      // What is left, and what was asked for while nobody else was let in.
      if ((await records.running(tenant)).length > 0) await invoke({ eraseOf: tenant });
    },
  };
};
