import { expect, it } from "vitest";
import type { ChunkStore } from "../../store.ts";
import { createMaintenance } from "./maintenance.ts";

type Upkeep = Pick<ChunkStore, "tenants" | "expire" | "reclaim">;

const start = (upkeep: Partial<Upkeep>) => {
  const calls: string[] = [];
  const failures: unknown[] = [];
  const store: Upkeep = {
    async *tenants(range) {
      calls.push(`tenants from ${range.from}`);
      yield* upkeep.tenants?.(range) ?? [];
    },
    expire: async (times) => {
      calls.push("expire");
      return upkeep.expire?.(times) ?? 0;
    },
    reclaim: async () => {
      calls.push("reclaim");
      return upkeep.reclaim?.() ?? false;
    },
  };
  const waits: PromiseWithResolvers<void>[] = [];
  const maintenance = createMaintenance({
    // It uses nothing else while there is nothing to merge.
    store: { ...store, capabilities: { canReplace: true } } as unknown as ChunkStore,
    now: () => 10_000_000,
    timer: () => 0,
    nextSeed: () => ({ high: 0, low: 0 }),
    merge: () => Promise.reject(new Error("there is nothing to merge")),
    rest: async () => undefined,
    wait: (_, signal) => {
      const waiting = Promise.withResolvers<void>();
      signal.addEventListener("abort", () => waiting.reject(signal.reason));
      waiting.promise.catch(() => undefined);
      waits.push(waiting);
      return waiting.promise;
    },
    expiryTimes: () => ({ latest: 5, of: () => 5 }),
    onRoundEnd: async () => void calls.push("end"),
    onCompact: () => undefined,
    onExpire: (chunks) => void calls.push(`expired ${chunks}`),
    onDamage: () => undefined,
    onFailure: (cause) => void failures.push(cause),
  });
  return { maintenance, calls, failures, waits };
};

it("looks through everything first and then through the last hours, until it is stopped", async () => {
  const { maintenance, calls, waits } = start({ expire: async () => 3 });
  await expect.poll(() => waits.length).toBe(1);
  expect(calls).toEqual(["expire", "expired 3", "tenants from 0", "reclaim", "end"]);
  waits[0]!.resolve();
  await expect.poll(() => waits.length).toBe(2);
  expect(calls.slice(5)).toEqual(["tenants from 1900000", "reclaim", "end"]);
  await maintenance[Symbol.asyncDispose]();
  expect(calls).toHaveLength(8);
});

it("goes on after a failure, and does again what has failed", async () => {
  const outcomes = [Promise.reject(new Error("the disk is full")), Promise.resolve(0)];
  outcomes[0]!.catch(() => undefined);
  const { maintenance, calls, failures, waits } = start({ expire: () => outcomes.shift()! });
  await expect.poll(() => waits.length).toBe(1);
  expect(failures).toHaveLength(1);
  waits[0]!.resolve();
  await expect.poll(() => waits.length).toBe(2);
  expect(calls).toEqual(["expire", "end", "expire", "tenants from 0", "reclaim", "end"]);
  await maintenance[Symbol.asyncDispose]();
});

it("ends in the middle of a round when it is stopped", async () => {
  const { maintenance, calls } = start({
    reclaim: () => new Promise((done) => setImmediate(done, true)),
  });
  await expect.poll(() => calls.length).toBeGreaterThan(20);
  await maintenance[Symbol.asyncDispose]();
  const { length } = calls;
  await new Promise((done) => setImmediate(done));
  expect(calls).toHaveLength(length);
});
