import type { ChunkStore } from "@log-service/core";
import type { ScanPool } from "@log-service/core/scan";
import {
  createLogService,
  createSeeds,
  encodeBatch,
  type LogService,
} from "@log-service/core/service";

interface Options {
  readonly store: ChunkStore;
  /** Milliseconds since 1970; a fixed time unless it is given. */
  readonly now?: () => number;
  readonly scanPool?: ScanPool | undefined;
  readonly nextTurn?: () => Promise<void>;
  readonly searchBudget?: { readonly timeMs: number; readonly bytes: number };
  readonly retention?: { readonly ms: number; readonly setting: string };
  /** A number below 2^42; a service that follows another on the same store must not draw the same ones. */
  readonly random?: () => number;
}

export const fixedNow = Date.UTC(2026, 10, 22, 9, 0, 0, 500);

/** The service on any store, with time and randomness from the test. */
export const createTestService = (options: Options): LogService => {
  const now = options.now ?? (() => fixedNow);
  let drawn = 0;
  const random = options.random ?? (() => (drawn = (drawn * 6_364_136 + 1_442_695) % 2 ** 42));
  return createLogService({
    store: options.store,
    now,
    nextSeed: createSeeds(now, random),
    encode: async (task) => encodeBatch(task),
    nextTurn: options.nextTurn ?? (() => Promise.resolve()),
    searchBudget: options.searchBudget ?? { timeMs: 60_000, bytes: 2 ** 30 },
    scanPool: options.scanPool,
    retention: options.retention,
    observer: {
      onIngest: () => undefined,
      onCommit: () => undefined,
      onDamage: () => undefined,
      onScan: () => undefined,
    },
  });
};

export const ndjson = (entries: readonly object[]): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(entries.map((entry) => JSON.stringify(entry)).join("\n"));

interface LeavingClient extends Pick<Options, "now" | "nextTurn"> {
  readonly signal: AbortSignal;
}

/** A client that goes away between two turns, once `isEnough`: the signal of its request, and the rest for its service. */
export const leavingClient = (isEnough: () => boolean): LeavingClient => {
  const client = new AbortController();
  let time = fixedNow;
  return {
    signal: client.signal,
    // Each look at the clock is a millisecond later: a few chunks take as long as a scan may keep others waiting.
    now: () => time++,
    nextTurn: async () => {
      if (isEnough()) client.abort(new Error("the client went away"));
    },
  };
};
