import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { prepareRequests, sendFor } from "../client/load.ts";
import { batchesOf1000 } from "../client/shape.ts";
import type { Context, Scenario } from "../harness/scenario.ts";
import { median } from "../harness/statistics.ts";
import type { EncodeSpeed } from "./encode-worker.ts";
import { gameLogsUntilNow } from "./game-logs.ts";

/** As many threads as the server encodes on unless it is told otherwise (`LOG_SERVICE_ENCODE_WORKERS`). */
const encoders = Math.min(availableParallelism(), 8);

const encodeAlone = async (durationMs: number): Promise<EncodeSpeed> => {
  const url = new URL("./encode-worker.ts", import.meta.url);
  const speeds = Array.from({ length: encoders }, async (_, index): Promise<EncodeSpeed> => {
    const worker = new Worker(url, { workerData: { index, durationMs } });
    const [speed] = await once(worker, "message");
    await worker.terminate();
    return speed;
  });
  const all = await Promise.all(speeds);
  return {
    entriesPerSecond: all.reduce((sum, speed) => sum + speed.entriesPerSecond, 0),
    cpuMicrosecondsPerEntry: median(all.map((speed) => speed.cpuMicrosecondsPerEntry)),
  };
};

const overHttp = async (context: Context, durationMs: number): Promise<number> => {
  await using server = await context.startServer();
  const { target } = server;
  const generator = gameLogsUntilNow(200_000);
  const requests = prepareRequests(target, batchesOf1000, generator, 200);
  await sendFor(target, batchesOf1000, requests, durationMs / 2);
  return (await sendFor(target, batchesOf1000, requests, durationMs)).entriesPerSecond;
};

/** What HTTP, the disk and the client leave of the speed at which bodies can be parsed and encoded at all. */
export const ingestShare: Scenario = {
  name: "ingest-share",
  run: async (context) => {
    const durationMs = context.scale.isQuick ? 1500 : 5000;
    const { entriesPerSecond: alone, cpuMicrosecondsPerEntry } = await encodeAlone(durationMs);
    context.say(`parse and encode alone: ${Math.round(alone)} entries/s on ${encoders} threads`);
    const served = await overHttp(context, durationMs);
    return [
      {
        name: `parse and encode alone, ${encoders} threads, no HTTP, no disk`,
        value: alone,
        unit: "entries/s",
        digits: 0,
      },
      {
        name: "the same, processor time for an entry",
        value: cpuMicrosecondsPerEntry,
        unit: "µs",
        digits: 1,
      },
      {
        name: "ingest over HTTP / parse and encode alone",
        value: served / alone,
        unit: "",
        digits: 2,
        aim: { atLeast: 0.6 },
      },
    ];
  },
};
