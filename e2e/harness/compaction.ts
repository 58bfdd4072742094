import { arrivalsKeptMs, type ChunkStore, createChunkEncoder } from "@log-service/core";
import { type CompactionReport, createCompaction, mergeChunks } from "@log-service/core/service";
import { createDynamoStore } from "@log-service/stores/dynamodb";
import { createMemoryStore } from "@log-service/stores/memory";
import { openSqliteStore } from "@log-service/stores/sqlite";
import {
  createFakeDynamo,
  type FakeDynamo,
} from "../../packages/stores/src/dynamodb/test/fake-dynamodb.ts";
import { createTestOptions } from "../../packages/stores/src/dynamodb/test/test-options.ts";
import { createDataFolder } from "./data-folder.ts";

const everything = { from: 0, to: 2 ** 48 } as const;

/** A store whose time the test lets pass. */
export interface AgeingStore extends AsyncDisposable {
  readonly store: ChunkStore;
  /** The store's time, in milliseconds since 1970. */
  now(): number;
  pass(ms: number): void;
  /** Lets so much time pass that everything may be merged. */
  age(): Promise<void>;
  /** Merges what can be merged, at once and on this thread. Resolves with what was done. */
  compact(): Promise<readonly CompactionReport[]>;
}

const drain = async (store: ChunkStore): Promise<void> => {
  for await (const { tenant, from, to } of store.tenants(everything)) {
    const request = { tenant, from, to, order: "oldest", isReplaceable: true } as const;
    for await (const _ of store.scan({ ...request, onDamage: () => undefined })) break;
  }
};

const withAge = (
  store: ChunkStore,
  { now, pass }: Pick<AgeingStore, "now" | "pass">,
  close: () => Promise<void>,
): AgeingStore => {
  const { encode } = createChunkEncoder();
  let seeds = 0;
  return {
    store,
    now,
    pass,
    age: async () => {
      pass(arrivalsKeptMs + 60_000);
      // Stores take note of the time when they are used.
      await drain(store);
      pass(arrivalsKeptMs + 60_000);
    },
    compact: async () => {
      const reports: CompactionReport[] = [];
      const compact = createCompaction({
        store,
        nextSeed: () => ({ high: 0xabc, low: ++seeds }),
        merge: async (task) => mergeChunks(task, encode),
        rest: async () => undefined,
        timer: () => 0,
        onCompact: (report) => void reports.push(report),
        onDamage: () => undefined,
      });
      await compact(everything, new AbortController().signal);
      return reports;
    },
    [Symbol.asyncDispose]: close,
  };
};

const createTime = (): Pick<AgeingStore, "now" | "pass"> => {
  let time = 0;
  return {
    now: () => time,
    pass: (ms) => {
      time += ms;
    },
  };
};

export const openAgeingMemory = async (): Promise<AgeingStore> => {
  const time = createTime();
  const store = createMemoryStore({ clock: time.now });
  return withAge(store, time, async () => store[Symbol.asyncDispose]());
};

/** On a table in memory; its chunks are rewritten in their places, and neither age nor are merged. */
export const openAgeingDynamo = async (): Promise<AgeingStore & { readonly fake: FakeDynamo }> => {
  const time = createTime();
  const fake = createFakeDynamo();
  const store = createDynamoStore(createTestOptions({ fetch: fake.fetch, now: time.now }));
  const aged = withAge(store, time, async () => store[Symbol.asyncDispose]());
  return { ...aged, fake, age: async () => undefined, compact: async () => [] };
};

export interface AgeingFolder extends AgeingStore {
  readonly folder: string;
}

export const openAgeingSqlite = async (): Promise<AgeingFolder> => {
  const time = createTime();
  const folder = await createDataFolder();
  const store = await openSqliteStore({ folder: folder.path, clock: time.now });
  const aged = withAge(store, time, async () => {
    await store[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });
  return { ...aged, folder: folder.path };
};
