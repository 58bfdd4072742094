import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { ChunkStore } from "@log-service/core";
import {
  createMaintenance,
  createSeeds,
  expiryTimesAt,
  type Merged,
  type MergeTask,
} from "@log-service/core/service";
import type { Log } from "../../log.ts";
import type { Config } from "../config.ts";
import { createEncodePool, type EncodePool } from "../encode/pool.ts";
import type { NodeMetrics } from "../prometheus.ts";

interface MaintenanceDeps {
  readonly config: Pick<Config, "retention">;
  readonly store: ChunkStore;
  readonly metrics: NodeMetrics;
  readonly log: Log;
}

/** How long it rests between two steps, in times of what one took: it has a quarter of a processor, and requests the others. */
const restPerWork = 3;
const restMsMin = 5;

/**
 * A thread that is there while something is merged: a step takes some 200 ms, for which batches would have to wait on the
 * threads that encode them.
 */
const createMerger = () => {
  let pool: EncodePool | undefined;
  return {
    merge: (task: MergeTask): Promise<Merged> => {
      pool ??= createEncodePool(1);
      return pool.merge(task);
    },
    end: async (): Promise<void> => {
      const ending = pool;
      pool = undefined;
      await ending?.[Symbol.asyncDispose]();
    },
  };
};

/** Keeps the store small and fast while the server runs: merges chunks, deletes what has expired. */
export const createNodeMaintenance = (deps: MaintenanceDeps): AsyncDisposable => {
  const { config, store, metrics, log } = deps;
  const now = Date.now;
  const merger = createMerger();
  return createMaintenance({
    store,
    now,
    timer: () => performance.now(),
    nextSeed: createSeeds(now, () => randomBytes(6).readUIntBE(0, 6) % 2 ** 42),
    merge: merger.merge,
    rest: (workedMs) => wait(Math.max(workedMs * restPerWork, restMsMin)),
    onRoundEnd: merger.end,
    wait: (ms, signal) => wait(ms, undefined, { signal, ref: false }),
    expiryTimes: () => expiryTimesAt(config.retention, now()),
    onCompact: (report) => {
      metrics.onCompact(report);
      log.debug("merged chunks", { ...report });
    },
    onExpire: (chunks) => log.info("deleted what has expired", { chunks }),
    onDamage: (damage) => metrics.onDamage(damage),
    onFailure: (cause) => log.warn("the maintenance of the store failed; it goes on", { cause }),
  });
};
