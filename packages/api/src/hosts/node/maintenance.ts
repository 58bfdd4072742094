import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { ChunkStore } from "@log-service/core";
import { createMaintenance, createSeeds, expiryTimesAt } from "@log-service/core/service";
import type { Log } from "../../log.ts";
import type { Config } from "../config.ts";
import type { EncodePool } from "../encode/pool.ts";
import type { NodeMetrics } from "../prometheus.ts";

interface MaintenanceDeps {
  readonly config: Pick<Config, "retention">;
  readonly store: ChunkStore;
  readonly pool: EncodePool;
  readonly metrics: NodeMetrics;
  readonly log: Log;
}

/** The least time between two steps: requests that have waited for one go first. */
const restMsMin = 5;

/** Keeps the store small and fast while the server runs: merges chunks, deletes what has expired. */
export const createNodeMaintenance = (deps: MaintenanceDeps): AsyncDisposable => {
  const { config, store, pool, metrics, log } = deps;
  const now = Date.now;
  return createMaintenance({
    store,
    now,
    timer: () => performance.now(),
    nextSeed: createSeeds(now, () => randomBytes(6).readUIntBE(0, 6) % 2 ** 42),
    merge: pool.merge,
    // Half of one processor's time at the most.
    rest: (workedMs) => wait(Math.max(workedMs, restMsMin)),
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
