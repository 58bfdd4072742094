import { setTimeout as wait } from "node:timers/promises";

export interface LoadOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** How often each kind of request was answered with each status. */
export type Counts = ReadonlyMap<string, number>;

const services = ["gateway", "chat", "match-server", "purchase"];

const entryOf = (seq: number) => ({
  severity: seq % 50 === 0 ? "error" : "info",
  message: `tick ${seq} took ${seq % 97} ms in ${services[seq % 3]}`,
  service: services[seq % services.length],
  player_id: `p-${seq % 10_000}`,
  latency_ms: seq % 97,
});

/** The last seconds by a clock that runs sixty times as fast. */
const lately = "from=-10m";

const reads: readonly string[] = [
  "/logs?limit=100",
  `/logs?${lately}&q=took+latency_ms:%3E90`,
  `/logs?${lately}&q=player_id:p-77&order=oldest`,
  `/logs/stats?${lately}&by=service,severity&interval=1m&measure=count,p95(latency_ms)`,
  `/logs/fields?${lately}`,
  `/logs/fields/player_id?${lately}`,
  `/logs/patterns?${lately}`,
  "/usage",
  `/logs/export?${lately}`,
  `/logs/export?${lately}&format=csv`,
  "/logs?q=((((",
  "/logs/nothing",
];

/** Asks a server for everything that it does, at a pace that it can keep, until the signal aborts. */
export const runLoad = async ({ url, headers, signal }: LoadOptions): Promise<Counts> => {
  const counts = new Map<string, number>();
  let seq = 0;
  const ask = async (what: string, path: string, init: RequestInit = {}) => {
    const all = { ...headers, ...(init.headers as Record<string, string>) }; // ours are plain objects
    const response = await fetch(`${url}${path}`, { signal, ...init, headers: all });
    await response.arrayBuffer();
    const key = `${what} ${response.status}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  const post = (what: string, type: string, body: string) =>
    ask(what, "/logs", { method: "POST", headers: { "content-type": type }, body });
  const each = async (ms: number, step: (round: number) => Promise<void>) => {
    for (let round = 0; !signal.aborted; round += 1) {
      await step(round);
      await wait(ms, undefined, { signal });
    }
  };
  const single = () => post("single", "application/json", JSON.stringify(entryOf(seq++)));
  const batch = () => {
    const lines = Array.from({ length: 200 }, () => JSON.stringify(entryOf(seq++)));
    return post("batch", "application/x-ndjson", lines.join("\n"));
  };
  const read = (round: number) => {
    const path = reads[round % reads.length] ?? "";
    return ask(path.replace(/\?.*/, ""), path);
  };
  /** A reader that leaves in the middle. */
  const leave = async () => {
    const gone = AbortSignal.any([signal, AbortSignal.timeout(100)]);
    const sse = { accept: "text/event-stream" };
    const path = ["/logs/tail", "/logs/export"][seq % 2] ?? "";
    await ask("left", path, { signal: gone, headers: sse }).catch(() => undefined);
  };
  const work = [
    ...Array.from({ length: 8 }, () => each(20, single)),
    each(100, batch),
    ...Array.from({ length: 2 }, () => each(30, read)),
    ...Array.from({ length: 4 }, () => each(10, () => ask("tail", "/logs/tail?wait=1"))),
    each(200, leave),
  ];
  const ended = await Promise.allSettled(work);
  const failed = ended.find((one) => one.status === "rejected" && !signal.aborted);
  if (failed?.status === "rejected") throw failed.reason;
  return counts;
};
