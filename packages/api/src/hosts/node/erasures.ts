import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { ChunkStore } from "@log-service/core";
import { createErasures, type Erasures } from "@log-service/core/service";
import { openSqliteErasures } from "@log-service/stores/sqlite";
import type { Log } from "../../log.ts";
import type { NodeMetrics } from "../prometheus.ts";
import { createRandomSeeds } from "../seeds.ts";
import { openOrEnd } from "./fail.ts";
import { createMerger, restMsAfter } from "./merger.ts";

interface NodeErasuresDeps {
  /** A folder that the store has opened. */
  readonly folder: string;
  readonly store: ChunkStore;
  readonly metrics: NodeMetrics;
  readonly log: Log;
}

/** Erases what was asked for while the server runs, and what an earlier run has left to do. */
export const openNodeErasures = ({ folder, store, metrics, log }: NodeErasuresDeps): Erasures => {
  const now = Date.now;
  const merger = createMerger();
  const records = openOrEnd(() => openSqliteErasures({ folder, log }));
  const erasures = createErasures({
    store,
    records,
    now,
    timer: () => performance.now(),
    newId: randomUUID,
    nextSeed: createRandomSeeds(now),
    merge: merger.merge,
    rest: (workedMs) => wait(restMsAfter(workedMs)),
    wait: (ms, signal) => wait(ms, undefined, { signal, ref: false }),
    onRoundEnd: merger.end,
    onEnd: ({ id, tenant, state, erased, chunks, leftCount }) =>
      log.info("an erasure has ended", { erasure: id, tenant, state, erased, chunks, leftCount }),
    onDamage: (damage) => metrics.onDamage(damage),
    onFailure: (error) => log.warn("an erasure failed; it goes on", { error }),
  });
  return {
    ...erasures,
    [Symbol.asyncDispose]: async () => {
      await erasures[Symbol.asyncDispose]();
      records[Symbol.dispose]();
    },
  };
};
