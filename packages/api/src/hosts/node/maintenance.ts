import { setTimeout as wait } from "node:timers/promises";
import type { ChunkStore } from "@log-service/core";
import { type CompactionReport, createMaintenance, expiryTimesAt } from "@log-service/core/service";
import type { Log } from "../../log.ts";
import type { Config } from "../config.ts";
import type { NodeMetrics } from "../prometheus.ts";
import { createRandomSeeds } from "../seeds.ts";
import { createMerger, restMsAfter } from "./merger.ts";

interface MaintenanceDeps {
  readonly config: Pick<Config, "retention">;
  readonly store: ChunkStore;
  readonly metrics: NodeMetrics;
  readonly log: Log;
}

/** Sums up what was merged, for one line of the log a round. */
const createSummary = (log: Log) => {
  const none = { chunks: 0, into: 0, entries: 0, bytes: 0, bytesBefore: 0 };
  let sum = none;
  return {
    add: (report: CompactionReport): void => {
      sum = {
        chunks: sum.chunks + report.oldChunks,
        into: sum.into + report.newChunks,
        entries: sum.entries + report.entries,
        bytes: sum.bytes + report.newBytes,
        bytesBefore: sum.bytesBefore + report.oldBytes,
      };
    },
    log: (): void => {
      if (sum !== none) log.info("merged chunks", sum);
      sum = none;
    },
  };
};

/** Keeps the store small and fast while the server runs: merges chunks, deletes what has expired. */
export const createNodeMaintenance = (deps: MaintenanceDeps): AsyncDisposable => {
  const { config, store, metrics, log } = deps;
  const now = Date.now;
  const merger = createMerger();
  const summary = createSummary(log);
  return createMaintenance({
    store,
    now,
    timer: () => performance.now(),
    nextSeed: createRandomSeeds(now),
    merge: merger.merge,
    rest: (workedMs) => wait(restMsAfter(workedMs)),
    onRoundEnd: async () => {
      await merger.end();
      summary.log();
    },
    wait: (ms, signal) => wait(ms, undefined, { signal, ref: false }),
    expiryTimes: () => expiryTimesAt(config.retention, now()),
    onCompact: (report) => {
      metrics.onCompact(report);
      summary.add(report);
    },
    onExpire: (chunks) => log.info("deleted what has expired", { chunks }),
    onDamage: (damage) => metrics.onDamage(damage),
    onFailure: (cause) => log.warn("the maintenance of the store failed; it goes on", { cause }),
  });
};
