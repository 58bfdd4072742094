import { setTimeout as wait } from "node:timers/promises";
import { createRandom, type Random } from "../random.ts";
import { readAll } from "../read-all.ts";
import { type ServerProcess, startServer } from "../server.ts";
import { createLedger, type Ledger, type Verdict } from "./ledger.ts";
import {
  createProducer,
  jitterMsMax,
  lateMs,
  type Producer,
  type TrafficCounts,
} from "./producer.ts";

export interface KillRunOptions {
  readonly dataFolder: string;
  readonly seed: number;
  /** Kills under load. */
  readonly kills: number;
  /** Kills while the server starts and recovers from the kill before. */
  readonly killsAtStart: number;
  readonly producers: number;
  /** A kill comes at a random moment up to this long after the load has begun; most come after the first answer. */
  readonly loadMsMax: number;
}

export interface KillReport {
  readonly kills: number;
  readonly killsInFlight: number;
  readonly killsAtStart: number;
  readonly requests: number;
  readonly acknowledgedEntries: number;
  readonly unansweredRequests: number;
  readonly sentAgain: number;
  readonly missing: readonly string[];
  readonly doubled: readonly string[];
  readonly altered: readonly string[];
}

/** Kills the server somewhere in its start. Whether it got as far as listening does not matter. */
const killAtStart = async (dataFolder: string, random: Random): Promise<void> => {
  const signal = AbortSignal.timeout(random.integer(150, 900));
  const start = startServer({ dataFolder, signal });
  const server = await start.catch(() => undefined);
  await server?.[Symbol.asyncDispose]();
};

/** Reads what was sent since the last verification: around now, and as late entries around `lateMs` ago. */
const readRecent = async (url: string, ledger: Ledger) => {
  const from = Math.min(ledger.oldestMadeAt, Date.now()) - jitterMsMax - 1;
  const lateTo = Date.now() - lateMs + 1;
  const recent = await readAll(url, 1000, { from: String(from) });
  const late = { from: String(from - lateMs), to: String(lateTo) };
  return [...recent, ...(await readAll(url, 1000, late))];
};

interface Senders {
  readonly producers: readonly Producer[];
  readonly counts: TrafficCounts;
  readonly ledger: Ledger;
}

/** Returns whether requests were in flight when it was killed. */
const killUnderLoad = async (
  server: ServerProcess,
  { producers, counts, ledger }: Senders,
  moment: { ms: number; isAfterFirstAnswer: boolean },
): Promise<boolean> => {
  let isStopped = false;
  const { acknowledged } = ledger;
  const running = producers.map((producer) => producer.run(server.url, () => isStopped));
  // A producer that fails ends the wait at once; what the server said about it is the best hint.
  const failed = Promise.all(running).catch((error) => {
    throw new Error(`${error}\n${server.log()}`, { cause: error });
  });
  while (moment.isAfterFirstAnswer && ledger.acknowledged === acknowledged)
    await Promise.race([wait(5), failed]);
  await Promise.race([wait(moment.ms), failed]);
  const wasInFlight = counts.inFlight > 0;
  const killed = server.kill("SIGKILL");
  isStopped = true;
  await killed;
  await failed;
  return wasInFlight;
};

/**
 * Kills a server under load again and again. After each restart everything that was sent since the last one is read
 * back and compared; in the end everything is. Each unanswered request that can be repeated is sent again.
 */
export const runKills = async (options: KillRunOptions): Promise<KillReport> => {
  const { dataFolder, seed, kills, killsAtStart, loadMsMax } = options;
  const random = createRandom(seed);
  const ledger = createLedger();
  const counts: TrafficCounts = { requests: 0, inFlight: 0, unanswered: 0, sentAgain: 0 };
  const producers = Array.from({ length: options.producers }, (_, number) =>
    createProducer({
      name: `producer-${number}`,
      random: createRandom(seed + number),
      ledger,
      counts,
    }),
  );
  const verdicts: Verdict[] = [];
  let killsInFlight = 0;
  for (let kill = 0; kill < kills; kill++) {
    if (kill < killsAtStart) await killAtStart(dataFolder, random);
    await using server = await startServer({ dataFolder });
    verdicts.push(ledger.verify(await readRecent(server.url, ledger), "since last time"));
    const moment = { ms: random.integer(0, loadMsMax), isAfterFirstAnswer: random.next() < 0.8 };
    if (await killUnderLoad(server, { producers, counts, ledger }, moment)) killsInFlight += 1;
  }
  await using server = await startServer({ dataFolder });
  verdicts.push(ledger.verify(await readRecent(server.url, ledger), "since last time"));
  for (const producer of producers) await producer.finish(server.url);
  verdicts.push(ledger.verify(await readAll(server.url), "all"));
  return {
    kills,
    killsInFlight,
    killsAtStart,
    requests: counts.requests,
    acknowledgedEntries: ledger.acknowledged,
    unansweredRequests: counts.unanswered,
    sentAgain: counts.sentAgain,
    // With the number of the verification; the last reads everything.
    missing: verdicts.flatMap(({ missing }, number) => missing.map((key) => `${number}: ${key}`)),
    doubled: verdicts.flatMap((verdict) => verdict.doubled),
    altered: verdicts.flatMap((verdict) => verdict.altered),
  };
};

/** The report as one row. */
export const printReport = (report: KillReport): void => {
  const { missing, doubled, altered, ...figures } = report;
  console.table([
    { ...figures, missing: missing.length, doubled: doubled.length, altered: altered.length },
  ]);
};
