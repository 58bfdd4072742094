import { setTimeout as wait } from "node:timers/promises";
import { findObstacle } from "./demo/obstacle.ts";
import { type DemoOptions, demoUsage, parseDemoOptions } from "./demo/options.ts";
import { type Batch, createTraffic } from "./demo/traffic.ts";

const tickMs = 250;
const answeredAfterMsMax = 10_000;

const post = async ({ url, apiKey }: DemoOptions, { ndjson }: Batch): Promise<number> => {
  const headers: Record<string, string> = { "content-type": "application/x-ndjson" };
  if (apiKey !== undefined) headers.authorization = `Bearer ${apiKey}`;
  const response = await fetch(`${url}/logs`, {
    method: "POST",
    headers,
    body: ndjson,
    signal: AbortSignal.timeout(answeredAfterMsMax),
  });
  const text = await response.text();
  if (response.status !== 201) throw new Error(`${response.status} ${text.slice(0, 300)}`);
  // The contract's answer to many entries.
  return (JSON.parse(text) as { accepted: number }).accepted;
};

const createProgress = (start: number) => {
  let sent = 0;
  let errors = 0;
  let lastError = "";
  const { isTTY } = process.stdout;
  const print = (now: number, state: string) => {
    const rate = Math.round(sent / Math.max((now - start) / 1000, 0.001));
    const trouble = errors > 0 ? `, ${errors} failed requests (${lastError})` : "";
    const line = `${sent} entries sent, ${rate}/s${trouble}${state}`;
    process.stdout.write(isTTY ? `\r\x1b[K${line}` : `${line}\n`);
  };
  return {
    print,
    sent: (count: number) => {
      sent += count;
    },
    failed: (error: unknown) => {
      errors += 1;
      const { cause } = error instanceof Error ? error : {};
      const reason = cause instanceof Error ? cause : error;
      lastError = reason instanceof Error ? reason.message : String(reason);
    },
    hasSent: () => sent > 0,
  };
};

const send = async (options: DemoOptions, stop: AbortSignal): Promise<boolean> => {
  const start = Date.now();
  const end = start + options.seconds * 1000;
  const traffic = createTraffic(options.entriesPerSecond, start);
  const progress = createProgress(start);
  const producers = Array.from({ length: traffic.producers }, (_, index) => index);
  const printEveryMs = process.stdout.isTTY ? tickMs : 5000;
  let printedAt = start;
  for (let now = start; now < end && !stop.aborted; now = Date.now()) {
    const tick = now;
    const batches = producers.flatMap((producer) => traffic.takeBatch(producer, tick) ?? []);
    const posts = batches.map((batch) =>
      post(options, batch).then(progress.sent).catch(progress.failed),
    );
    await Promise.all(posts);
    if (now - printedAt >= printEveryMs) {
      progress.print(now, traffic.isIncident(now) ? "; an incident is on" : "");
      printedAt = now;
    }
    await wait(Math.max(0, tickMs - (Date.now() - now)), undefined, { signal: stop }).catch(
      () => undefined,
    );
  }
  progress.print(Date.now(), "\n");
  return progress.hasSent();
};

const main = async (args: readonly string[]): Promise<number> => {
  let options: DemoOptions;
  try {
    options = parseDemoOptions(args, process.env);
  } catch (error) {
    console.error(`demo: ${error instanceof Error ? error.message : error}\n\n${demoUsage}`);
    return 2;
  }
  const obstacle = await findObstacle(options);
  if (obstacle !== undefined) {
    console.error(`demo: ${obstacle}`);
    return 1;
  }
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  console.log(`sending ${options.entriesPerSecond} entries/s to ${options.url}; Ctrl-C stops`);
  return (await send(options, stop.signal)) ? 0 : 1;
};

process.exitCode = await main(process.argv.slice(2));
