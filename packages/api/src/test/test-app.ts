import type { ChunkStore, IdSeed } from "@log-service/core";
import { createChunkEncoder, limits } from "@log-service/core";
import {
  createErasures,
  createLogService,
  createSeeds,
  createUsage,
  encodeBatch,
  mergeChunks,
} from "@log-service/core/service";
import {
  createMemoryErasures,
  createMemoryStore,
  createMemoryUsage,
} from "@log-service/stores/memory";
import { createAccess, type KeySource } from "../access/access.ts";
import { type App, createApp } from "../app.ts";
import type { AppDeps } from "../handler.ts";
import { createLog } from "../log.ts";
import { createBodyBudget } from "../middleware/body-budget.ts";
import { createDecoderTurns } from "../middleware/inflate.ts";
import type { Page } from "../page/page.ts";

/** The time in every test that says no other. */
export const testNow = Date.UTC(2026, 10, 22, 9, 0, 0, 123);

export interface TestAppOptions {
  readonly store?: ChunkStore;
  readonly keys?: KeySource;
  readonly isOpenWithoutKeys?: boolean;
  /** Where ids come from; a count when left out. */
  readonly nextSeed?: () => IdSeed;
  readonly deps?: Partial<AppDeps>;
  readonly page?: Page;
}

/** Whoever makes thousands disposes them: what erases in the background keeps memory until it is ended. */
export interface TestApp extends AsyncDisposable {
  readonly app: App;
  /** What it was made of. */
  readonly deps: AppDeps;
  readonly store: ChunkStore;
  /** What the app wrote to its log. */
  readonly logged: readonly string[];
}

/** Never; until it need not be waited for any more. */
const waitForEver = (_ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

const createTestErasures = (store: ChunkStore, now: () => number) => {
  const { encode } = createChunkEncoder();
  let drawn = 0;
  return createErasures({
    store,
    records: createMemoryErasures(),
    now,
    timer: () => 0,
    newId: () => `erasure-${++drawn}`,
    nextSeed: createSeeds(now, () => ++drawn),
    merge: async (task) => mergeChunks(task, encode),
    rest: () => Promise.resolve(),
    wait: waitForEver,
    onRoundEnd: () => Promise.resolve(),
    onEnd: () => undefined,
    onDamage: () => undefined,
    onFailure: (cause) => {
      throw cause;
    },
  });
};

export const noKeys: KeySource = { find: async () => undefined, isEmpty: async () => true };

/** The app on a memory store, with time, ids and randomness from the test. */
export const createTestApp = (options: TestAppOptions = {}): TestApp => {
  const { store = createMemoryStore(), keys = noKeys, isOpenWithoutKeys = true } = options;
  const now = () => testNow;
  const logged: string[] = [];
  let drawn = 0;
  const usage = createUsage({ store: createMemoryUsage(), now });
  const service = createLogService({
    store,
    now,
    nextSeed: options.nextSeed ?? createSeeds(now, () => ++drawn * 0x1234567),
    encode: async (task) => encodeBatch(task),
    nextTurn: () => Promise.resolve(),
    searchBudget: { timeMs: 60_000, bytes: 2 ** 30 },
    observer: {
      onIngest: usage.count,
      onCommit: () => undefined,
      onDamage: () => undefined,
      onScan: () => undefined,
    },
  });
  let requests = 0;
  const erasures = createTestErasures(store, now);
  const deps: AppDeps = {
    service,
    access: createAccess({ keys, now, isOpenWithoutKeys }),
    usage,
    erasures,
    log: createLog("debug", (line) => logged.push(line), now),
    metrics: {
      onIngest: () => undefined,
      onCommit: () => undefined,
      onDamage: () => undefined,
      onScan: () => undefined,
      onRequest: () => undefined,
      render: async () => ({ contentType: "text/plain; version=0.0.4", text: "# HELP x\n" }),
    },
    now,
    uptimeMs: () => 0,
    newRequestId: () => `request-${++requests}`,
    bodyBudget: createBodyBudget(2 ** 30),
    decoderTurns: createDecoderTurns(),
    bodyBytesMax: limits.bodyBytes.value,
    cors: "app",
    ...options.deps,
  };
  return {
    app: createApp(deps, options.page),
    deps,
    store,
    logged,
    [Symbol.asyncDispose]: () => erasures[Symbol.asyncDispose](),
  };
};
