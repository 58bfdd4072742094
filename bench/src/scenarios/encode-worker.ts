import { parentPort, workerData } from "node:worker_threads";
import { createChunkEncoder } from "@log-service/core";
import { encodeBatch } from "@log-service/core/service";
import { gameLogsUntilNow } from "./game-logs.ts";

/** What a worker posts to its parent. */
export interface EncodeSpeed {
  readonly entriesPerSecond: number;
  readonly cpuMicrosecondsPerEntry: number;
}

const bodiesHeld = 60;
const warmUpMs = 1500;

// What `ingest-share.ts` passes.
const { index, durationMs } = workerData as { index: number; durationMs: number };

const generator = gameLogsUntilNow(bodiesHeld * 1000, { seed: index });
const bodies = Array.from({ length: bodiesHeld }, () =>
  new TextEncoder().encode(generator.batchNdjson(generator.nextSender(1000), 1000)),
);

const { encode } = createChunkEncoder();

/** Parses and encodes bodies for a time. */
const run = (forMs: number): EncodeSpeed => {
  const start = performance.now();
  const cpuStart = process.threadCpuUsage();
  let entries = 0;
  for (let turn = 0; performance.now() - start < forMs; turn++) {
    // The index is below the length.
    const body = bodies[turn % bodiesHeld] as Uint8Array<ArrayBuffer>;
    const context = { now: Date.now(), oldest: 0, requireTimestamp: false };
    const seed = { high: turn & 0xfff, low: turn };
    const task = { body, format: "ndjson", context, ids: { from: "seed", seed } } as const;
    entries += encodeBatch(task, encode).accepted;
  }
  const { user, system } = process.threadCpuUsage(cpuStart);
  return {
    entriesPerSecond: entries / ((performance.now() - start) / 1000),
    cpuMicrosecondsPerEntry: (user + system) / entries,
  };
};

run(warmUpMs);
parentPort?.postMessage(run(durationMs));
