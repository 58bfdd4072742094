import { fileURLToPath } from "node:url";
import { prepareRequests, sendFor } from "../client/load.ts";
import { singlePosts } from "../client/shape.ts";
import type { Figure } from "../harness/figure.ts";
import { type MeasuredLoad, measureLoad } from "../harness/measure-load.ts";
import type { Scenario } from "../harness/scenario.ts";
import { median, quantile } from "../harness/statistics.ts";
import { gameLogsUntilNow } from "./game-logs.ts";

const runs = 5;

const bareServer = `exec node ${fileURLToPath(new URL("../harness/bare-server.ts", import.meta.url))}`;

const speedOf = ({ entriesPerSecond }: MeasuredLoad): number => entriesPerSecond;
const costOf = ({ cpuMicroseconds }: MeasuredLoad): number => cpuMicroseconds;
const quantileOf =
  (share: number) =>
  ({ latencies }: MeasuredLoad): number =>
    quantile(latencies, share);

const medianOf = (runs: readonly MeasuredLoad[], of: (run: MeasuredLoad) => number): number =>
  median(runs.map(of));

const figuresOf = (own: readonly MeasuredLoad[], bare: readonly MeasuredLoad[]): Figure[] => [
  {
    name: "single JSON posts, 64 connections, durable",
    value: medianOf(own, speedOf),
    unit: "posts/s",
    digits: 0,
    must: { atLeast: 12_000 },
    aim: { atLeast: 18_000 },
  },
  {
    name: "the same, time of a post, p50",
    value: medianOf(own, quantileOf(0.5)),
    unit: "ms",
    digits: 1,
  },
  {
    name: "the same, time of a post, p99",
    value: medianOf(own, quantileOf(0.99)),
    unit: "ms",
    digits: 1,
    must: { atMost: 25 },
    aim: { atMost: 15 },
  },
  {
    name: "the same, processor time of the server for a post",
    value: medianOf(own, costOf),
    unit: "µs",
    digits: 1,
  },
  {
    name: "the same to a bare node:http server that stores nothing",
    value: medianOf(bare, speedOf),
    unit: "posts/s",
    digits: 0,
  },
  {
    name: "the same, processor time of that server for a post",
    value: medianOf(bare, costOf),
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
    await sendFor(server.target, singlePosts, prepare(), warmUpMs);
    const own: MeasuredLoad[] = [];
    const bare: MeasuredLoad[] = [];
    for (let run = 1; run <= runs; run++) {
      const requests = prepare();
      const limit = await measureLoad(bareOne, singlePosts, requests, bareMs);
      const load = await measureLoad(server, singlePosts, requests, runMs);
      bare.push(limit);
      own.push(load);
      const [speed, bareSpeed] = [load, limit].map((one) => Math.round(speedOf(one)));
      const p99 = quantile(load.latencies, 0.99).toFixed(1);
      say(`run ${run}: ${speed} posts/s, p99 ${p99} ms; bare ${bareSpeed}`);
    }
    return figuresOf(own, bare);
  },
};
