import { createLogService, encodeBatch, type LogService } from "@log-service/core/service";
import type { Filter } from "@log-service/query";
import { createMemoryStore } from "@log-service/stores/memory";
import { createGenerator } from "./generator/index.ts";

// Measures patterns on one core, the chunks in memory: `node bench/src/patterns.ts [entries]`.

const startTime = Date.UTC(2026, 10, 22, 9);
const total = Number(process.argv[2] ?? 200_000);
const rounds = 5;

/** Sends batches of one producer each; they lie close together, so that few are cut by a minute. */
const fill = async (service: LogService, size: number): Promise<void> => {
  const generator = createGenerator({ seed: 20261122, startTime, entriesPerSecond: 200_000 });
  for (let turn = 0; turn * size < total; turn++) {
    const text = generator.batchNdjson(turn % generator.producers, size);
    const body = new TextEncoder().encode(text);
    await service.ingest("bench", { body, format: "ndjson" });
  }
};

/** How long the event loop was kept from other work at most. */
const createTurns = () => {
  let since = performance.now();
  let longestMs = 0;
  return {
    begin: () => {
      since = performance.now();
      longestMs = 0;
    },
    end: () => {
      longestMs = Math.max(longestMs, performance.now() - since);
      return longestMs;
    },
    next: async (): Promise<void> => {
      longestMs = Math.max(longestMs, performance.now() - since);
      await new Promise((resolve) => setImmediate(resolve));
      since = performance.now();
    },
  };
};

const measure = async (size: number, name: string, filter: Filter) => {
  await using store = createMemoryStore();
  const turns = createTurns();
  let seeds = 0;
  await using service = createLogService({
    store,
    now: Date.now,
    nextSeed: () => ({ high: 0, low: seeds++ }),
    encode: async (task) => encodeBatch(task),
    nextTurn: turns.next,
    searchBudget: { timeMs: 600_000, bytes: 2 ** 40 },
    observer: {
      onIngest: () => undefined,
      onCommit: () => undefined,
      onDamage: () => undefined,
      onScan: () => undefined,
    },
  });
  await fill(service, size);
  const request = { filter, from: 0, to: 2 ** 48, top: 100, compareTo: undefined };
  let best = Number.POSITIVE_INFINITY;
  let bestOfCpu = Number.POSITIVE_INFINITY;
  let shown = {};
  for (let round = 0; round < rounds; round++) {
    turns.begin();
    const before = process.cpuUsage();
    const begin = performance.now();
    const { patterns, isComplete } = await service.patterns("bench", request);
    const seconds = (performance.now() - begin) / 1000;
    const longest = turns.end();
    const { user, system } = process.cpuUsage(before);
    bestOfCpu = Math.min(bestOfCpu, (user + system) / 1e6);
    if (seconds >= best) continue;
    best = seconds;
    shown = { patterns: patterns.length, isComplete, "longest turn, ms": longest.toFixed(1) };
  }
  return {
    "entries a batch": size,
    filter: name,
    ...shown,
    "M entries/s": Number((total / best / 1e6).toFixed(2)),
    // All threads of the process: with other work on the machine it says more than the clock.
    "M entries per CPU s": Number((total / bestOfCpu / 1e6).toFixed(2)),
    "s for 10^6": Number(((best / total) * 1e6).toFixed(2)),
    "s for 10^7": Number(((best / total) * 1e7).toFixed(2)),
  };
};

const errors: Filter = { op: "equals", field: "severity", value: "error" };
console.table([
  await measure(100, "none", { op: "all" }),
  await measure(1000, "none", { op: "all" }),
  await measure(2000, "none", { op: "all" }),
  await measure(1000, "severity:error", errors),
]);
