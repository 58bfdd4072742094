import { readdir } from "node:fs/promises";
import { openConnection } from "../client/connection.ts";
import { getRequest, type Target } from "../client/request.ts";
import { batchesOf1000 } from "../client/shape.ts";
import type { Figure } from "../harness/figure.ts";
import { fillMerged } from "../harness/fill-merged.ts";
import type { Context, Scenario } from "../harness/scenario.ts";
import { median } from "../harness/statistics.ts";
import { baselineFigures } from "./baselines.ts";
import { gameLogsUntilNow } from "./game-logs.ts";
import { withRareWord } from "./rare-word.ts";
import { type DataSet, queriesOf, type TimedQuery } from "./search-queries.ts";

const getJson = async (target: Target, path: string): Promise<Record<string, unknown>> => {
  using connection = await openConnection(target.port, target.host);
  const { status, body } = await connection.send(getRequest(target, path));
  if (status !== 200) throw new Error(`${path} was answered ${status}: ${body.subarray(0, 500)}`);
  // Every answer of these routes is an object.
  return JSON.parse(body.toString()) as Record<string, unknown>;
};

const countOf = async (target: Target): Promise<number> => {
  const { groups } = await getJson(target, "/logs/stats");
  // The contract's shape.
  return (groups as { points: [[number, number]] }[])[0]?.points[0][1] ?? 0;
};

const edgeOf = async (target: Target, order: string): Promise<Record<string, unknown>[]> => {
  const { logs } = await getJson(target, `/logs?order=${order}&limit=1000`);
  // The contract's shape.
  return logs as Record<string, unknown>[];
};

/** A player of whom the thousand oldest entries know one only: most players are seen that seldom. */
const rarePlayer = (entries: readonly Record<string, unknown>[]): string => {
  const players = entries.flatMap(({ attributes }) => {
    const { player_id: player } = attributes as { player_id?: string };
    return player ?? [];
  });
  const found = players.find((one) => players.indexOf(one) === players.lastIndexOf(one));
  if (found === undefined) throw new Error("every player is there more than once");
  return found;
};

const describe = async (target: Target): Promise<DataSet> => {
  const oldest = await edgeOf(target, "oldest");
  const newest = await edgeOf(target, "newest");
  return {
    oldest: Date.parse(String(oldest[0]?.timestamp)),
    newest: Date.parse(String(newest[0]?.timestamp)),
    count: await countOf(target),
    player: rarePlayer(oldest),
  };
};

const countersOf = async (target: Target) => {
  const response = await fetch(`http://${target.host}:${target.port}/metrics`);
  const text = await response.text();
  const read = (name: string): number =>
    Number(new RegExp(`^log_service_${name} (\\S+)$`, "m").exec(text)?.[1] ?? 0);
  return {
    read: read("scan_bytes_read_total"),
    decompressed: read("scan_bytes_decompressed_total"),
  };
};

/** Throws unless the answer has as many entries as it must; returns whether it is complete. */
const checkAnswer = (query: TimedQuery, status: number, body: Buffer): boolean => {
  if (status !== 200)
    throw new Error(`${query.name} was answered ${status}: ${body.subarray(0, 500)}`);
  const answer = JSON.parse(body.toString());
  if (answer.complete !== true) return false;
  if (query.found !== undefined && answer.count !== query.found)
    throw new Error(`${query.name}: ${answer.count} entries instead of ${query.found}`);
  return true;
};

interface Timed {
  readonly medianMs: number;
  /** Whether every answer was whole; the budget ends a query that takes 5 s. */
  readonly isComplete: boolean;
}

const timeQuery = async (target: Target, query: TimedQuery, forMs: number): Promise<Timed> => {
  using connection = await openConnection(target.port, target.host);
  const request = getRequest(target, query.path);
  const first = await connection.send(request);
  let isComplete = checkAnswer(query, first.status, first.body);
  const times: number[] = [];
  const start = performance.now();
  while (times.length < 5 || (performance.now() - start < forMs && times.length < 200)) {
    const sent = performance.now();
    const { status, body } = await connection.send(request);
    times.push(performance.now() - sent);
    isComplete = checkAnswer(query, status, body) && isComplete;
  }
  return { medianMs: median(times), isComplete };
};

/**
 * Of the bytes of the chunks that a query reads, how many bytes come out of decompression: in a server of its own, since chunks
 * that an earlier query has opened are read no more.
 */
const decompressedShare = async (
  { startServer }: Context,
  data: string,
  query: TimedQuery,
): Promise<number> => {
  await using server = await startServer({ data, hasOwnMemoryLimit: true });
  await getJson(server.target, query.path);
  const { read, decompressed } = await countersOf(server.target);
  if (read === 0) throw new Error(`${query.name} read no chunk`);
  return decompressed / read;
};

const shareFigure = ({ name, isPlain }: TimedQuery, share: number): Figure => ({
  name: `bytes decompressed / bytes of the chunks, ${name}`,
  value: share,
  unit: "",
  digits: 3,
  ...(isPlain ? { must: { atMost: 0.1 } } : {}),
});

const isFilled = async (folder: string): Promise<boolean> =>
  (await readdir(folder).catch(() => [])).some((name) => /^\d{4}-.*\.db$/.test(name));

/** How long each query takes in one server, and how much memory that takes. */
const timeAll = async (context: Context, data: string) => {
  await using server = await context.startServer({ data, hasOwnMemoryLimit: true });
  const dataSet = await describe(server.target);
  const figures: Figure[] = [];
  const times = new Map<TimedQuery, number>();
  for (const query of queriesOf(dataSet)) {
    const forMs = context.scale.isQuick ? 300 : 5000;
    const { medianMs, isComplete } = await timeQuery(server.target, query, forMs);
    context.say(`${query.name}: ${medianMs.toFixed(1)} ms`);
    times.set(query, medianMs);
    const { must, aim } = query;
    const name = isComplete ? query.name : `${query.name} (cut by the budget)`;
    figures.push({ name, value: medianMs, unit: "ms", digits: 1, must, aim });
  }
  const peak: Figure = {
    name: "peak memory of the server while it is searched",
    value: (await server.peakMemoryBytes()) / 2 ** 20,
    unit: "MB",
    digits: 0,
    must: { atMost: 700 },
    aim: { atMost: 400 },
  };
  return { dataSet, figures, times, peak };
};

const run = async (context: Context): Promise<Figure[]> => {
  const { isQuick, data } = context.scale;
  const count = isQuick ? 100_000 : 10_000_000;
  const folder = data ?? (await context.makeFolder());
  if (!(await isFilled(folder))) {
    const shape = withRareWord(batchesOf1000, count);
    await fillMerged(context, folder, shape, gameLogsUntilNow(count), count);
  }
  const { dataSet, figures, times, peak } = await timeAll(context, folder);
  const shares: Figure[] = [];
  for (const query of times.keys())
    shares.push(shareFigure(query, await decompressedShare(context, folder, query)));
  const baselines = await baselineFigures(context, dataSet, times);
  return [...figures, ...baselines, ...shares, peak];
};

/** What someone asks in the middle of an incident, at ten million entries. */
export const search: Scenario = { name: "search", run };
