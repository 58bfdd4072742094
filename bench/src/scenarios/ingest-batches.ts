import { prepareRequests, sendFor } from "../client/load.ts";
import { batchesOf1000 } from "../client/shape.ts";
import { type MeasuredLoad, measureLoad } from "../harness/measure-load.ts";
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
    const loads: MeasuredLoad[] = [];
    for (let run = 1; run <= 3; run++) {
      const load = await measureLoad(server, shape, prepare(), scale.isQuick ? 1500 : 5000);
      say(`run ${run}: ${Math.round(load.entriesPerSecond)} entries/s`);
      loads.push(load);
    }
    return [
      {
        name: "ingest, NDJSON batches of 1,000, 4 connections, durable",
        value: median(loads.map(({ entriesPerSecond }) => entriesPerSecond)),
        unit: "entries/s",
        digits: 0,
        must: { atLeast: 150_000 },
        aim: { atLeast: 250_000 },
      },
      {
        name: "the same, time of a batch, p99",
        value: quantile(
          loads.flatMap(({ latencies }) => latencies),
          0.99,
        ),
        unit: "ms",
        digits: 1,
      },
      {
        name: "the same, processor time of the server for an entry",
        value: median(loads.map(({ cpuMicroseconds }) => cpuMicroseconds)),
        unit: "µs",
        digits: 1,
      },
    ];
  },
};
