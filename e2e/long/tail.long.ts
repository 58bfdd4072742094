import { expect, it } from "vitest";
import { createDataFolder } from "../harness/data-folder.ts";
import { type Address, type Follower, followByPolls, followStream } from "../harness/follow.ts";
import { startServer } from "../harness/server.ts";

const severities = ["info", "warning", "error"] as const;

/** One in a hundred is an error; one in a thousand is late. */
const entryOf = (seq: number) => ({
  severity: seq % 100 === 0 ? "error" : severities[seq % 2],
  message: seq % 250 === 0 ? `rare event of ${seq}` : `tick ${seq} took ${seq % 97} ms`,
  service: ["gateway", "chat", "match-server", "purchase"][seq % 4],
  seq,
  ...(seq % 1000 === 0 && { timestamp: Date.now() - 3 * 86_400_000 }),
});

const batchSize = 500;

interface Sender {
  /** The `seq`s that were acknowledged. */
  readonly acknowledged: number[];
  /** Batches by second since the beginning. */
  readonly bySecond: Map<number, number>;
  readonly statuses: Set<number>;
}

/** Posts batch after batch until the signal aborts. */
const send = async (address: Address, sender: Sender, next: () => number, signal: AbortSignal) => {
  const startedAt = Date.now();
  while (!signal.aborted) {
    const first = next();
    const seqs = Array.from({ length: batchSize }, (_, index) => first + index);
    const response = await fetch(`${address.url}/logs`, {
      method: "POST",
      headers: { "content-type": "application/x-ndjson" },
      body: seqs.map((seq) => JSON.stringify(entryOf(seq))).join("\n"),
    });
    await response.arrayBuffer();
    sender.statuses.add(response.status);
    sender.acknowledged.push(...seqs);
    const second = Math.floor((Date.now() - startedAt) / 1000);
    sender.bySecond.set(second, (sender.bySecond.get(second) ?? 0) + 1);
  }
};

/** Scans everything again and again, for something that costs. */
const scan = async (address: Address, signal: AbortSignal): Promise<number> => {
  let count = 0;
  while (!signal.aborted) {
    const query = "by=service&measure=count,p95(seq)&interval=1m&q=took+OR+rare";
    const response = await fetch(`${address.url}/logs/stats?${query}`, { signal }).catch(
      () => undefined,
    );
    await response?.arrayBuffer().catch(() => undefined);
    count += 1;
  }
  return count;
};

const createSender = (): Sender => ({ acknowledged: [], bySecond: new Map(), statuses: new Set() });

const questions: readonly (readonly [query: string, isMet: (seq: number) => boolean])[] = [
  ["severity=error", (seq) => seq % 100 === 0],
  ["q=%22rare+event%22", (seq) => seq % 250 === 0],
  ["q=seq:%3E0+message:rare*", (seq) => seq % 250 === 0 && seq > 0],
  ["severity=error&service=gateway", (seq) => seq % 100 === 0 && seq % 4 === 0],
];

it("a hundred tails and ten scans leave ingest running, and every tail sees every entry once", async () => {
  await using folder = await createDataFolder();
  await using server = await startServer({ dataFolder: folder.path });
  const address: Address = { url: server.url };
  let seq = 0;
  const next = () => {
    seq += batchSize;
    return seq - batchSize;
  };

  const alone = createSender();
  await Promise.all([1, 2].map(() => send(address, alone, next, AbortSignal.timeout(5000))));

  const client = new AbortController();
  const followers = Array.from({ length: 100 }, (_, index) => {
    const [query, isMet] = questions[index % questions.length]!;
    const start = index % 3 === 0 ? followByPolls : followStream;
    return { isMet, follower: start(address, query, client.signal) };
  });
  await Promise.all(followers.map(({ follower }) => follower.begun));

  const together = createSender();
  const time = AbortSignal.timeout(15_000);
  const scans = Array.from({ length: 10 }, () => scan(address, time));
  await Promise.all([1, 2].map(() => send(address, together, next, time)));
  const scanned = (await Promise.all(scans)).reduce((sum, one) => sum + one, 0);

  const expectSeen = async ({ seen }: Follower, isMet: (seq: number) => boolean) => {
    const expected = together.acknowledged.filter(isMet).sort((a, b) => a - b);
    await expect.poll(() => seen.size, { timeout: 60_000 }).toBe(expected.length);
    expect([...seen.keys()].sort((a, b) => a - b)).toEqual(expected);
    expect(new Set(seen.values())).toEqual(new Set([1]));
  };
  for (const { follower, isMet } of followers) await expectSeen(follower, isMet);
  client.abort();
  await Promise.all(followers.map(({ follower }) => follower.ended));

  console.log(
    `entries/s alone ${Math.round(alone.acknowledged.length / 5)}, with 100 tails and ${scanned} scans ` +
      `${Math.round(together.acknowledged.length / 15)}; batches by second ${[...together.bySecond.values()].join(" ")}`,
  );
  expect([...alone.statuses, ...together.statuses]).toEqual([201, 201]);
  // How fast is for the benchmark to say; it went on all the time.
  const thirds = [...together.bySecond.keys()].map((second) => Math.min(2, Math.floor(second / 5)));
  expect(new Set(thirds)).toEqual(new Set([0, 1, 2]));
});
