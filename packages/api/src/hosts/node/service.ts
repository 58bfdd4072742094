import { setImmediate as nextTurn } from "node:timers/promises";
import type { ChunkStore } from "@log-service/core";
import type { ScanPool } from "@log-service/core/scan";
import { createLogService, type LogService, type Usage } from "@log-service/core/service";
import type { Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import type { Config } from "../config.ts";
import type { EncodePool } from "../encode/pool.ts";
import { createRandomSeeds } from "../seeds.ts";

interface NodeServiceDeps {
  readonly config: Config;
  readonly store: ChunkStore;
  readonly pool: EncodePool;
  readonly scanPool: ScanPool | undefined;
  readonly metrics: Metrics;
  readonly usage: Pick<Usage, "count">;
  readonly log: Log;
}

/** The service as a process on one machine runs it. */
export const createNodeService = (deps: NodeServiceDeps): LogService => {
  const { config, store, pool, scanPool, metrics, usage, log } = deps;
  const now = Date.now;
  return createLogService({
    store,
    now,
    nextSeed: createRandomSeeds(now),
    encode: pool.encode,
    redaction: config.redaction,
    nextTurn,
    scanPool,
    retention: config.retention,
    searchBudget: { timeMs: config.searchTimeMs, bytes: config.searchBytes },
    observer: {
      onIngest: (report) => {
        metrics.onIngest(report);
        usage.count(report);
      },
      onCommit: (report) => metrics.onCommit(report),
      onScan: (report) => metrics.onScan(report),
      onDamage: (damage) => {
        metrics.onDamage(damage);
        log.error("a part of the store is damaged", { ...damage });
      },
    },
  });
};
