import type { Buffer } from "node:buffer";
import { fileURLToPath } from "node:url";
import { prepareRequests, sendFor } from "../client/load.ts";
import { singlePosts } from "../client/shape.ts";
import type { Figure } from "../harness/figure.ts";
import type { Scenario } from "../harness/scenario.ts";
import type { Server } from "../harness/server.ts";
import { median, quantile } from "../harness/statistics.ts";
import { gameLogsUntilNow } from "./game-logs.ts";

const runs = 5;

const bareServer = `exec node ${fileURLToPath(new URL("../harness/bare-server.ts", import.meta.url))}`;

interface Runs {
  readonly speeds: number[];
  readonly costs: number[];
  readonly middles: number[];
  readonly slowest: number[];
}

const measureOnce = async (
  server: Server,
  requests: readonly Buffer[],
  durationMs: number,
  { speeds, costs, middles, slowest }: Runs,
): Promise<void> => {
  const cpuBefore = await server.cpuSeconds();
  const result = await sendFor(server.target, singlePosts, requests, durationMs);
  const { entriesPerSecond, latencies } = result;
  costs.push((((await server.cpuSeconds()) - cpuBefore) * 1e6) / latencies.length);
  speeds.push(entriesPerSecond);
  middles.push(quantile(latencies, 0.5));
  slowest.push(quantile(latencies, 0.99));
};

const newRuns = (): Runs => ({ speeds: [], costs: [], middles: [], slowest: [] });

const figuresOf = ({ speeds, costs, middles, slowest }: Runs, bare: Runs): Figure[] => [
  {
    name: "single JSON posts, 64 connections, durable",
    value: median(speeds),
    unit: "posts/s",
    digits: 0,
    must: { atLeast: 12_000 },
    aim: { atLeast: 18_000 },
  },
  { name: "the same, time of a post, p50", value: median(middles), unit: "ms", digits: 1 },
  {
    name: "the same, time of a post, p99",
    value: median(slowest),
    unit: "ms",
    digits: 1,
    must: { atMost: 25 },
    aim: { atMost: 15 },
  },
  {
    name: "the same, processor time of the server for a post",
    value: median(costs),
    unit: "µs",
    digits: 1,
  },
  {
    name: "the same to a bare node:http server that stores nothing",
    value: median(bare.speeds),
    unit: "posts/s",
    digits: 0,
  },
  {
    name: "the same, processor time of that server for a post",
    value: median(bare.costs),
    unit: "µs",
    digits: 1,
  },
];

/** How fast single posts become durable, and how long each waits. */
export const ingestSingle: Scenario = {
  name: "ingest-single",
  run: async ({ scale, startServer, say }) => {
    await using server = await startServer();
    await using bareOne = await startServer({ command: bareServer, hasOwnMemoryLimit: true });
    const requestCount = scale.isQuick ? 10_000 : 50_000;
    const [warmUpMs, runMs, bareMs] = scale.isQuick ? [1500, 1500, 500] : [4000, 5000, 1500];
    const generator = gameLogsUntilNow((runs + 1) * requestCount);
    const prepare = () => prepareRequests(server.target, singlePosts, generator, requestCount);
    const warmUp = prepare();
    await sendFor(server.target, singlePosts, warmUp, warmUpMs);
    const own = newRuns();
    const bare = newRuns();
    for (let run = 0; run < runs; run++) {
      const requests = prepare();
      await measureOnce(bareOne, requests, bareMs, bare);
      await measureOnce(server, requests, runMs, own);
      const [speed = 0, limit = 0] = [own.speeds.at(-1), bare.speeds.at(-1)];
      say(
        `run ${run + 1}: ${Math.round(speed)} posts/s, p99 ${own.slowest.at(-1)?.toFixed(1)} ms; bare ${Math.round(limit)}`,
      );
    }
    return figuresOf(own, bare);
  },
};
