import { type ChunkStore, createChunkEncoder } from "@log-service/core";
import {
  createErasures,
  type ErasureRecord,
  type ErasureRequest,
  type ErasureStore,
  type Erasures,
  type LogService,
  mergeChunks,
} from "@log-service/core/service";
import { type Filter, parse } from "@log-service/query";
import { createMemoryErasures } from "@log-service/stores/memory";
import type { AgeingStore } from "./compaction.ts";
import { ndjson } from "./service.ts";

export interface TestEraser extends AsyncDisposable {
  readonly erasures: Erasures;
  /** Resolves when the erasure has ended. */
  ended(id: string): Promise<ErasureRecord>;
  /** Erases, and resolves when that has ended. */
  erase(tenant: string, request: ErasureRequest): Promise<ErasureRecord>;
}

interface Options {
  readonly store?: ChunkStore;
  readonly records?: ErasureStore;
  /** Called between two steps. */
  readonly rest?: () => Promise<void>;
  readonly onFailure?: (cause: unknown) => void;
}

/** Pauses without an end: nothing is to be done. */
const isIdle = (ms: number): boolean => ms >= 3_600_000;

let seeds = 0;
let ids = 0;

/** Erases in a store whose time passes by itself where an erasure waits. */
export const createTestEraser = (aged: AgeingStore, options: Options = {}): TestEraser => {
  const { encode } = createChunkEncoder();
  const ends = new Map<string, PromiseWithResolvers<ErasureRecord>>();
  const endOf = (id: string) => {
    const end = ends.get(id) ?? Promise.withResolvers<ErasureRecord>();
    ends.set(id, end);
    return end;
  };
  const erasures = createErasures({
    store: options.store ?? aged.store,
    records: options.records ?? createMemoryErasures(),
    now: aged.now,
    timer: () => 0,
    newId: () => `erasure-${++ids}`,
    nextSeed: () => ({ high: 0xeee, low: ++seeds }),
    merge: async (task) => mergeChunks(task, encode),
    rest: options.rest ?? (() => Promise.resolve()),
    wait: (ms, signal) => {
      if (!isIdle(ms)) aged.pass(ms);
      return new Promise((resolve, reject) => {
        if (!isIdle(ms)) setImmediate(resolve);
        signal.addEventListener("abort", () => reject(signal.reason));
        if (signal.aborted) reject(signal.reason);
      });
    },
    onRoundEnd: () => Promise.resolve(),
    onEnd: (record) => endOf(record.id).resolve(record),
    onDamage: () => undefined,
    onFailure: (cause) => {
      options.onFailure?.(cause);
      if (options.onFailure === undefined) for (const { reject } of ends.values()) reject(cause);
    },
  });
  return {
    erasures,
    ended: (id) => endOf(id).promise,
    erase: async (tenant, request) => {
      const { id } = await erasures.erase(tenant, request);
      return await endOf(id).promise;
    },
    [Symbol.asyncDispose]: () => erasures[Symbol.asyncDispose](),
  };
};

export const everything = { from: 0, to: 2 ** 48 } as const;

export interface Sent {
  readonly timestamp: number;
  readonly player: number;
}

export const filterOf = (q: string): Filter => parse(q).filter;
export const all = filterOf("");

export const ingest = (service: LogService, tenant: string, batch: readonly Sent[], key?: string) =>
  service.ingest(tenant, {
    body: ndjson(
      batch.map(({ timestamp, player }, index) => ({
        severity: player === 0 ? "error" : "info",
        message: `player p-${player} did ${index}`,
        player: `p-${player}`,
        text: `said by p-${player}`,
        timestamp,
      })),
    ),
    format: "ndjson",
    idempotencyKey: key,
  });

export const countOf = async (service: LogService, tenant: string) => {
  const request = { ...everything, filter: all, measures: [{ name: "count" }] as const, by: [] };
  const { groups } = await service.stats(tenant, { ...request, intervalMs: undefined, top: 1 });
  return groups[0]?.points[0]?.[1] ?? 0;
};
