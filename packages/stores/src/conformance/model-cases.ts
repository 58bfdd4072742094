import type { ChunkStore, ScanRequest } from "@log-service/core";
import { logIdAt } from "@log-service/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import {
  arbitraryPlan,
  arbitraryRange,
  type ChunkPlan,
  createTestChunk,
  tenantNames,
} from "./chunks.ts";
import { expectBoundsHold } from "./scan-cases.ts";
import { type OpenStore, readAll } from "./test-store.ts";

interface Model {
  /** The memory store, which is written to be obviously right. */
  readonly oracle: ChunkStore;
}

interface Real {
  readonly store: ChunkStore;
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
    expect(rest.all.map(({ meta }) => meta)).toEqual(all.slice(index).map(({ meta }) => meta));
  },
  toString: () => `scan ${JSON.stringify(request)} again at ${resumeAt}`,
});

const arbitraryTenant = fc.constantFrom(...tenantNames);

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
  createOracle: () => ChunkStore,
  runs: number,
): void => {
  it("answers any sequence of calls as the memory store does", async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands([arbitraryCommand], { maxCommands: 25 }), async (commands) => {
        await using opened = await openStore();
        await using oracle = createOracle();
        const setup = () => ({ model: { oracle }, real: { store: opened.store } });
        await fc.asyncModelRun(setup, commands);
      }),
      { numRuns: runs },
    );
  });
};
