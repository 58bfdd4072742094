import { parentPort, workerData } from "node:worker_threads";
import { encodeBatch } from "@log-service/core/service";
import { gameLogsUntilNow } from "./game-logs.ts";

const bodiesHeld = 60;
const warmUpMs = 1500;

// What `ingest-share.ts` passes.
const { index, durationMs } = workerData as { index: number; durationMs: number };

const generator = gameLogsUntilNow(bodiesHeld * 1000, { seed: index });
const bodies = Array.from({ length: bodiesHeld }, (_, turn) =>
  new TextEncoder().encode(generator.batchNdjson(turn % generator.producers, 1000)),
);

/** Parses and encodes bodies for a time and returns the entries per second. */
const run = (forMs: number): number => {
  const start = performance.now();
  let entries = 0;
  for (let turn = 0; performance.now() - start < forMs; turn++) {
    // The index is below the length.
    const body = bodies[turn % bodiesHeld] as Uint8Array<ArrayBuffer>;
    const context = { now: Date.now(), oldest: 0, requireTimestamp: false };
    const seed = { high: turn & 0xfff, low: turn };
    entries += encodeBatch({
      body,
      format: "ndjson",
      context,
      ids: { from: "seed", seed },
    }).accepted;
  }
  return entries / ((performance.now() - start) / 1000);
};

run(warmUpMs);
parentPort?.postMessage(run(durationMs));
