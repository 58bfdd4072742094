import {
  type ChunkMeta,
  type ChunkStore,
  comparePositions,
  type IdRun,
  logIdAt,
  mergedSpanMs,
  type Position,
  type ScanRequest,
} from "@log-service/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createMemoryStore } from "../memory/index.ts";
import {
  arbitraryPlan,
  arbitraryRange,
  type ChunkPlan,
  createTestChunk,
  tenantNames,
} from "./chunks.ts";
import { age, createMergedChunk, isMergedId, spanOf } from "./merging.ts";
import { leftOf } from "./rewrite-cases.ts";
import { expectBoundsHold } from "./scan-cases.ts";
import { createTestClock, type OpenStore, readAll, type TestClock } from "./test-store.ts";

interface Model {
  /** The memory store, which is written to be obviously right. */
  readonly oracle: ChunkStore;
  readonly clock: TestClock;
  /** The spans of chunks that took the place of others. */
  readonly merged: Map<string, readonly IdRun[]>;
}

interface Real {
  readonly store: ChunkStore;
  readonly clock: TestClock | undefined;
}

type Command = fc.AsyncCommand<Model, Real>;

/** A command that runs on both and compares what they answer. */
const compare = (name: string, run: (store: ChunkStore) => Promise<unknown>): Command => ({
  check: () => true,
  run: async ({ oracle }, { store }) => {
    expect(await run(store)).toEqual(await run(oracle));
  },
  toString: () => name,
});

const putAtOnce = (batches: readonly (readonly ChunkPlan[])[]): Command =>
  compare(`put ${JSON.stringify(batches)}`, (store) =>
    Promise.all(batches.map((plans) => store.put(plans.map(createTestChunk)))),
  );

const get = (plan: ChunkPlan, index: number): Command =>
  compare(`get ${JSON.stringify(plan)} at ${index}`, async (store) => {
    const found = await store.get(plan.tenant, logIdAt(createTestChunk(plan).meta.id, index));
    return { meta: found?.meta, bytes: await found?.bytes() };
  });

const reserve = (tenant: string, key: string, value: string, now: number): Command =>
  compare(`reserve ${tenant} ${key} ${value} at ${now}`, (store) =>
    store.reserve({ tenant, key, value, now, expiresAt: now + 10 }),
  );

/** Whether the chunk reaches up to the place, or beyond. */
const reaches = (meta: ChunkMeta, order: ScanRequest["order"], place: Position): boolean =>
  order === "newest"
    ? comparePositions({ time: meta.minTime, id: meta.minId }, place) <= 0
    : comparePositions({ time: meta.maxTime, id: meta.maxId }, place) >= 0;

const ageBoth: Command = {
  check: () => true,
  run: async (model, real) => {
    await age(model.oracle, model.clock);
    await age(real.store, real.clock);
  },
  toString: () => "age",
};

/** Merges some of the chunks of an hour, both such as came and merged ones; `share` of 1 takes all of them. */
const merge = (tenant: string, hour: number, share: number): Command => ({
  check: () => true,
  run: async ({ oracle, merged }, { store }) => {
    const all = await readAll(oracle, { tenant, order: "oldest" });
    const hours = [...Map.groupBy(all, ({ meta }) => Math.floor(meta.maxTime / mergedSpanMs))];
    const [, chunks = []] = hours[hour % Math.max(1, hours.length)] ?? [];
    const old = chunks.filter((_, index) => index % share === 0).map(({ meta }) => meta);
    const spans = old.flatMap((meta) => merged.get(meta.id) ?? [spanOf(meta)]);
    const seed = merged.size + 1;
    const replacements = [old]
      .filter(({ length }) => length > 0)
      .map(() => ({ tenant, old, chunks: [createMergedChunk(old, spans, seed)] }));
    for (const replacement of replacements) {
      const outcome = await store.replace(replacement);
      expect(outcome).toBe(await oracle.replace(replacement));
      merged.set(replacement.chunks[0]!.meta.id, spans);
    }
  },
  toString: () => `merge of ${tenant} in hour ${hour} each ${share}`,
});

/** Rewrites one of the tenant's chunks; `first` and `last` are shares of its entries, which may be all. */
const rewrite = (tenant: string, index: number, first: number, last: number): Command => ({
  check: () => true,
  run: async ({ oracle }, { store }) => {
    const all = await readAll(oracle, { tenant });
    for (const { meta } of all.slice(index % Math.max(1, all.length)).slice(0, 1)) {
      const without = {
        first: Math.ceil(meta.count * first),
        last: Math.floor(meta.count * last),
      };
      const isAll = without.first + without.last >= meta.count;
      const chunk = isAll || without.first === 0 ? undefined : leftOf(meta, without);
      const asked = { tenant, old: meta, chunk };
      expect(await store.rewrite(asked)).toBe(await oracle.rewrite(asked));
    }
  },
  toString: () => `rewrite of ${tenant} at ${index} without ${first} and ${last}`,
});

type PartOfScan = Pick<ScanRequest, "tenant" | "order" | "from" | "to">;

/** Scans, and scans again from one of the chunks. `resumeAt` is a fraction of the result. */
const scan = (request: PartOfScan, resumeAt: number): Command => ({
  check: () => true,
  run: async ({ oracle }, { store }) => {
    const { from, to, order } = request;
    const read = async (from_: ChunkStore, startAt?: string) => {
      const all = await readAll(from_, { ...request, startAt });
      const useful = all.filter(({ meta }) => meta.minTime < to && meta.maxTime >= from);
      expectBoundsHold(all, order);
      return { all, useful };
    };
    const expected = await read(oracle);
    const { all, useful } = await read(store);
    const byId = (chunks: typeof all) =>
      Object.fromEntries(chunks.map(({ meta }) => [meta.id, meta]));
    expect(byId(useful)).toEqual(byId(expected.useful));
    const index = Math.floor(resumeAt * all.length);
    const rest = await read(store, all[index]?.position);
    const start = all[index]?.bound;
    const wanted = all.filter(
      ({ meta }, at) =>
        at >= index || (isMergedId(meta.id) && start !== undefined && reaches(meta, order, start)),
    );
    expect(rest.all.map(({ meta }) => meta)).toEqual(wanted.map(({ meta }) => meta));
  },
  toString: () => `scan ${JSON.stringify(request)} again at ${resumeAt}`,
});

const arbitraryTenant = fc.constantFrom(...tenantNames);

const arbitraryMerge: fc.Arbitrary<Command> = fc.oneof(
  fc.constant(ageBoth),
  fc
    .tuple(arbitraryTenant, fc.nat(3), fc.integer({ min: 1, max: 3 }))
    .map(([tenant, hour, share]) => merge(tenant, hour, share)),
);

const arbitraryRewrite: fc.Arbitrary<Command> = fc
  .tuple(arbitraryTenant, fc.nat(20), fc.constantFrom(0, 0.1, 0.5, 1), fc.constantFrom(0, 0.3))
  .map(([tenant, index, first, last]) => rewrite(tenant, index, first, last));

const arbitraryCommand: fc.Arbitrary<Command> = fc.oneof(
  fc
    .array(fc.array(arbitraryPlan, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 3 })
    .map(putAtOnce),
  fc
    .tuple(
      fc.tuple(arbitraryTenant, fc.constantFrom("newest" as const, "oldest" as const)),
      arbitraryRange,
      fc.double({ min: 0, max: 0.999, noNaN: true }),
    )
    .map(([[tenant, order], range, resumeAt]) => scan({ tenant, order, ...range }, resumeAt)),
  fc.tuple(arbitraryPlan, fc.nat(2100)).map(([plan, index]) => get(plan, index)),
  fc
    .tuple(arbitraryTenant, fc.constantFrom("k", "l"), fc.constantFrom("v", "w"), fc.nat(30))
    .map(([tenant, key, value, now]) => reserve(tenant, key, value, now)),
);

/** The same random calls on the store and on the oracle give the same answers. */
export const describeModel = (
  openStore: OpenStore,
  {
    runs,
    canReplace,
    canRewrite,
  }: { readonly runs: number; readonly canReplace: boolean; readonly canRewrite: boolean },
): void => {
  const commands = [
    arbitraryCommand,
    ...(canReplace ? [arbitraryMerge] : []),
    // Where chunks are merged, they are replaced and not rewritten.
    ...(canRewrite && !canReplace ? [arbitraryRewrite] : []),
  ];
  it("answers any sequence of calls as the memory store does", async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 25 }), async (calls) => {
        await using opened = await openStore();
        const clock = createTestClock();
        await using oracle = createMemoryStore({ clock: clock.now });
        const model: Model = { oracle, clock, merged: new Map() };
        const setup = () => ({ model, real: { store: opened.store, clock: opened.clock } });
        await fc.asyncModelRun(setup, calls);
      }),
      { numRuns: runs },
    );
  });
};
