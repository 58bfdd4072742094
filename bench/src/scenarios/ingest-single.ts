import { prepareRequests, sendFor } from "../client/load.ts";
import { singlePosts } from "../client/shape.ts";
import type { Scenario } from "../harness/scenario.ts";
import { median, quantile } from "../harness/statistics.ts";
import { gameLogsUntilNow } from "./game-logs.ts";

const runs = 3;

/** How fast single posts become durable, and how long each waits. */
export const ingestSingle: Scenario = {
  name: "ingest-single",
  run: async ({ scale, startServer, say }) => {
    await using server = await startServer();
    const { target } = server;
    const requestCount = scale.isQuick ? 10_000 : 50_000;
    const generator = gameLogsUntilNow((runs + 1) * requestCount);
    const prepare = () => prepareRequests(target, singlePosts, generator, requestCount);
    await sendFor(target, singlePosts, prepare(), scale.isQuick ? 1500 : 4000);
    const speeds: number[] = [];
    const costs: number[] = [];
    const middles: number[] = [];
    const slowest: number[] = [];
    for (let run = 0; run < runs; run++) {
      const requests = prepare();
      const cpuBefore = await server.cpuSeconds();
      const { entriesPerSecond, latencies } = await sendFor(
        target,
        singlePosts,
        requests,
        scale.isQuick ? 1500 : 5000,
      );
      const cpu = (await server.cpuSeconds()) - cpuBefore;
      costs.push((cpu * 1e6) / latencies.length);
      speeds.push(entriesPerSecond);
      middles.push(quantile(latencies, 0.5));
      slowest.push(quantile(latencies, 0.99));
      say(
        `run ${run + 1}: ${Math.round(entriesPerSecond)} posts/s, p99 ${slowest.at(-1)?.toFixed(1)} ms`,
      );
    }
    return [
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
    ];
  },
};
