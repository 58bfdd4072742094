import { prepareRequests, sendFor } from "../client/load.ts";
import { batchesOf1000 } from "../client/shape.ts";
import type { Scenario } from "../harness/scenario.ts";
import { median, quantile } from "../harness/statistics.ts";
import { gameLogsUntilNow } from "./game-logs.ts";

/** How fast full batches become durable. */
export const ingestBatches: Scenario = {
  name: "ingest-batches",
  run: async ({ scale, startServer, say }) => {
    await using server = await startServer();
    const { target } = server;
    const shape = batchesOf1000;
    const requestCount = scale.isQuick ? 60 : 200;
    const generator = gameLogsUntilNow(5 * requestCount * shape.entriesPerRequest);
    const prepare = () => prepareRequests(target, shape, generator, requestCount);
    await sendFor(target, shape, prepare(), scale.isQuick ? 1500 : 4000);
    const speeds: number[] = [];
    const costs: number[] = [];
    const latencies: number[] = [];
    for (let run = 0; run < 3; run++) {
      const requests = prepare();
      const cpuBefore = await server.cpuSeconds();
      const result = await sendFor(target, shape, requests, scale.isQuick ? 1500 : 5000);
      const cpu = (await server.cpuSeconds()) - cpuBefore;
      costs.push((cpu * 1e6) / (result.latencies.length * shape.entriesPerRequest));
      say(`run ${run + 1}: ${Math.round(result.entriesPerSecond)} entries/s`);
      speeds.push(result.entriesPerSecond);
      latencies.push(...result.latencies);
    }
    return [
      {
        name: "ingest, NDJSON batches of 1,000, 4 connections, durable",
        value: median(speeds),
        unit: "entries/s",
        digits: 0,
        must: { atLeast: 150_000 },
        aim: { atLeast: 250_000 },
      },
      {
        name: "the same, time of a batch, p99",
        value: quantile(latencies, 0.99),
        unit: "ms",
        digits: 1,
      },
      {
        name: "the same, processor time of the server for an entry",
        value: median(costs),
        unit: "µs",
        digits: 1,
      },
    ];
  },
};
