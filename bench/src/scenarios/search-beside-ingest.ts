import { setTimeout as wait } from "node:timers/promises";
import { openConnection } from "../client/connection.ts";
import { prepareRequests } from "../client/load.ts";
import { getRequest, type Target } from "../client/request.ts";
import { batchesOf1000 } from "../client/shape.ts";
import { fillMerged } from "../harness/fill-merged.ts";
import type { Scenario } from "../harness/scenario.ts";
import { quantile } from "../harness/statistics.ts";
import { gameLogsUntilNow } from "./game-logs.ts";

/** A studio at work: 20,000 entries a second. */
const batchesPerSecond = 20;

/** Sends a batch every 50 ms, and returns how long each took to be answered. */
const sendPaced = async (target: Target, requests: readonly Buffer[]): Promise<number[]> => {
  using connection = await openConnection(target.port, target.host);
  const times: number[] = [];
  const start = performance.now();
  for (const [turn, request] of requests.entries()) {
    await wait(Math.max(0, start + (turn * 1000) / batchesPerSecond - performance.now()));
    const sent = performance.now();
    batchesOf1000.check(await connection.send(request));
    times.push(performance.now() - sent);
  }
  return times;
};

/** Searches everything for a word that is not there, again and again. */
const scanUntil = async (target: Target, isOver: () => boolean): Promise<number> => {
  using connection = await openConnection(target.port, target.host);
  let scans = 0;
  for (; !isOver(); scans++) {
    const { status } = await connection.send(getRequest(target, "/logs?q=zyzzyva"));
    if (status !== 200) throw new Error(`a scan was answered ${status}`);
  }
  return scans;
};

/** What a scan of everything costs those who send meanwhile. */
export const searchBesideIngest: Scenario = {
  name: "search-beside-ingest",
  run: async ({ scale, startServer, makeFolder, say }) => {
    const count = scale.isQuick ? 100_000 : 1_000_000;
    const generator = gameLogsUntilNow(2 * count);
    const data = await makeFolder();
    await fillMerged({ startServer, say }, data, batchesOf1000, generator, count);
    await using server = await startServer({ data, hasOwnMemoryLimit: true });
    const { target } = server;
    const seconds = scale.isQuick ? 3 : 20;
    const prepare = () =>
      prepareRequests(target, batchesOf1000, generator, seconds * batchesPerSecond);
    const measure = async (isScanning: boolean): Promise<number> => {
      let isOver = false;
      const scanning = isScanning ? scanUntil(target, () => isOver) : undefined;
      const times = await sendPaced(target, prepare());
      isOver = true;
      const scans = await scanning;
      say(
        `p99 ${quantile(times, 0.99).toFixed(1)} ms${isScanning ? ` beside ${scans} scans` : ""}`,
      );
      return quantile(times, 0.99);
    };
    await measure(false);
    const alone = await measure(false);
    const beside = await measure(true);
    return [
      {
        name: "ingest, 20 batches of 1,000 a second, p99",
        value: alone,
        unit: "ms",
        digits: 1,
      },
      {
        name: "the same beside one scan of everything after another",
        value: beside,
        unit: "ms",
        digits: 1,
      },
      {
        name: "p99 of a batch beside scans / alone",
        value: beside / alone,
        unit: "",
        digits: 2,
        must: { atMost: 2 },
      },
    ];
  },
};
