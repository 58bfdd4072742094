import { setTimeout as wait } from "node:timers/promises";
import { openConnection } from "../client/connection.ts";
import { fill, prepareRequests, sendFor } from "../client/load.ts";
import { getRequest, type Target } from "../client/request.ts";
import { batchesOf1000, singlePosts } from "../client/shape.ts";
import type { Figure } from "../harness/figure.ts";
import type { Context, Scenario } from "../harness/scenario.ts";
import type { Server } from "../harness/server.ts";
import { startCommand } from "../harness/start-command.ts";
import { median, quantile } from "../harness/statistics.ts";
import { entriesPerSecond, gameLogsUntilNow } from "./game-logs.ts";

const samples = 15;
const seconds = 1000;
/** Nothing was merged for so long: it has come to its end, and given the space back. */
const quietMs = 12 * seconds;
const endsWithinMs = 15 * 60 * seconds;

/**
 * Lets chunks become old soon: what merging costs those who send meanwhile shows only in a server that does both, which
 * `mergeStore` is not.
 */
const fastClock = new URL("../harness/fast-clock.ts", import.meta.url).href;

const timeGet = async (target: Target, paths: readonly string[]): Promise<number> => {
  using connection = await openConnection(target.port, target.host);
  const times: number[] = [];
  for (const path of paths) {
    const start = performance.now();
    const { status, body } = await connection.send(getRequest(target, path));
    times.push(performance.now() - start);
    if (status !== 200) throw new Error(`${path} was answered ${status}: ${body.subarray(0, 300)}`);
  }
  return median(times);
};

const repeat = (path: string): string[] => Array.from({ length: samples }, () => path);

/** How large the store is, and how fast. `end` is when the last of the entries was made. */
const measure = async (server: Server, when: string, count: number, end: number) => {
  const { target } = server;
  const spanMs = (count / entriesPerSecond) * seconds;
  const range = `from=${new Date(end - spanMs).toISOString()}&to=${new Date(end + 60 * seconds).toISOString()}`;
  // Each page ends elsewhere, where no other request has been.
  const pages = repeat("").map(
    (_, index) => `/logs?limit=100&to=${new Date(end - (spanMs * (index + 1)) / 40).toISOString()}`,
  );
  const figure = (name: string, value: number, unit: string, digits: number): Figure => ({
    name: `${name}, ${when}`,
    value,
    unit,
    digits,
  });
  const time = async (name: string, paths: readonly string[]): Promise<Figure> =>
    figure(name, await timeGet(target, paths), "ms", 1);
  return [
    figure("bytes on disk an entry", (await server.diskBytes()) / count, "B", 1),
    await time("newest 100", repeat("/logs?limit=100")),
    await time("100 from the middle, each elsewhere", pages),
    await time(
      "count per minute by severity",
      repeat(`/logs/stats?${range}&interval=1m&by=severity&measure=count`),
    ),
    await time(
      "p95 of latency_ms by service",
      repeat(`/logs/stats?${range}&by=service&measure=p95(latency_ms)`),
    ),
  ];
};

const mergedSoFar = async (target: Target): Promise<number> => {
  using connection = await openConnection(target.port, target.host);
  const { body } = await connection.send(getRequest(target, "/metrics"));
  return Number(/log_service_chunks_merged_total (\d+)/.exec(body.toString())?.[1] ?? 0);
};

const untilMoreMerged = async (target: Target, count: number): Promise<void> => {
  const deadline = performance.now() + endsWithinMs;
  while ((await mergedSoFar(target)) === count) {
    if (performance.now() > deadline) throw new Error("nothing was merged");
    await wait(100);
  }
};

const untilMerged = async ({ target }: Server): Promise<number> => {
  await untilMoreMerged(target, 0);
  const start = performance.now();
  let [count, since] = [await mergedSoFar(target), start];
  while (performance.now() - since < quietMs) {
    await wait(seconds);
    const now = await mergedSoFar(target);
    if (now !== count) [count, since] = [now, performance.now()];
    if (performance.now() - start > endsWithinMs) throw new Error("merging has no end");
  }
  return count;
};

/** How long batches wait, and how many entries they brought. */
const sendBatches = async (server: Server, durationMs: number) => {
  const generator = gameLogsUntilNow(100_000, { seed: 7 });
  const requests = prepareRequests(server.target, batchesOf1000, generator, 60);
  const { latencies } = await sendFor(server.target, batchesOf1000, requests, durationMs);
  return {
    p99: quantile(latencies, 0.99),
    count: latencies.length * batchesOf1000.entriesPerRequest,
  };
};

const memoryFigure = (name: string, bytes: number): Figure => ({
  name,
  value: bytes / 2 ** 20,
  unit: "MB",
  digits: 0,
});

const runCompaction = async ({ scale, startServer, makeFolder, say }: Context) => {
  const count = scale.isQuick ? 30_000 : 1_000_000;
  const durationMs = scale.isQuick ? 1500 : 5000;
  const data = await makeFolder();
  const end = Date.now();
  const figures: Figure[] = [];
  {
    await using server = await startServer({ data, hasOwnMemoryLimit: true });
    await fill(server.target, singlePosts, gameLogsUntilNow(count), count);
    say(`${count} single posts`);
    figures.push(...(await measure(server, "before merging", count, end)));
  }
  const command = await startCommand([fastClock]);
  await using server = await startServer({ data, command, hasOwnMemoryLimit: true });
  const start = performance.now();
  const quiet = await sendBatches(server, durationMs);
  await untilMoreMerged(server.target, 0);
  const busy = await sendBatches(server, durationMs);
  const chunks = await untilMerged(server);
  say(`${chunks} chunks merged within ${((performance.now() - start) / seconds).toFixed(0)} s`);
  const peakMerging = await server.peakMemoryBytes();
  const total = count + quiet.count + busy.count;
  figures.push(...(await measure(server, "after merging", total, end)));
  figures.push(
    memoryFigure("peak memory of the server that takes batches and merges", peakMerging),
    // The limit is that of the scenario `search`.
    {
      ...memoryFigure("the same after it was searched", await server.peakMemoryBytes()),
      must: { atMost: 700 },
    },
    { name: "batches of 1,000, p99", value: quiet.p99, unit: "ms", digits: 1 },
    { name: "the same while chunks are merged", value: busy.p99, unit: "ms", digits: 1 },
    {
      name: "the same, while / before",
      value: busy.p99 / quiet.p99,
      unit: "",
      digits: 2,
      must: { atMost: 2 },
    },
  );
  return figures;
};

/** What a million single posts weigh and how fast they are read, before and after their chunks are merged. */
export const compaction: Scenario = { name: "compaction", run: runCompaction };
