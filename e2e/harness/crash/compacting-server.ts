import { arrivalsKeptMs, createChunkEncoder } from "@log-service/core";
import {
  createCompaction,
  createLogService,
  createSeeds,
  encodeBatch,
  mergeChunks,
} from "@log-service/core/service";
import { openSqliteStore } from "@log-service/stores/sqlite";
import { createRandom } from "../random.ts";
import { ndjson } from "../service.ts";

// A process of a test: stores small batches in a folder and merges them at once, since its clock runs ahead, until it is
// killed. Each line that it prints is the number of an entry that was acknowledged.

const [folder = "", seed = "1", first = "0"] = process.argv.slice(2);
const random = createRandom(Number(seed));
let passedMs = 0;
const store = await openSqliteStore({ folder, clock: () => Date.now() + passedMs });
const bits = () => random.integer(0, 2 ** 42 - 1);
const ignore = () => undefined;
const service = createLogService({
  store,
  now: Date.now,
  nextSeed: createSeeds(Date.now, bits),
  encode: async (task) => encodeBatch(task),
  nextTurn: async () => undefined,
  searchBudget: { timeMs: 60_000, bytes: 2 ** 30 },
  observer: { onIngest: ignore, onCommit: ignore, onDamage: ignore, onScan: ignore },
});
const { encode } = createChunkEncoder();
const compact = createCompaction({
  store,
  nextSeed: createSeeds(Date.now, bits),
  merge: async (task) => mergeChunks(task, encode),
  rest: async () => undefined,
  timer: () => performance.now(),
  onCompact: ignore,
  onDamage: ignore,
});

let next = Number(first);
for (;;) {
  for (let count = random.integer(1, 10); count > 0; count--) {
    const numbers = Array.from({ length: random.integer(1, 5) }, () => next++);
    // Two hours of two days, so that some hours are merged again and again.
    const entries = numbers.map((number) => ({
      severity: "info",
      message: `entry ${number}`,
      number,
      timestamp: Date.UTC(2026, 10, random.integer(20, 21), 9, 0, 0, random.integer(0, 7_199_999)),
    }));
    await service.ingest("default", { body: ndjson(entries), format: "ndjson" });
    process.stdout.write(numbers.map((number) => `${number}\n`).join(""));
  }
  passedMs += arrivalsKeptMs + 120_000;
  await compact({ from: 0, to: 2 ** 48 }, new AbortController().signal);
  while (await store.reclaim());
}
