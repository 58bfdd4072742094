import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createGenerator, type GameEntry, toJson } from "../../bench/src/generator/index.ts";
import { readAll } from "../harness/read-all.ts";
import { startServer } from "../harness/server.ts";

let dataFolder: string;

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), "log-service-"));
});

afterEach(async () => {
  await rm(dataFolder, { recursive: true, force: true });
});

it("keeps what it acknowledged when it is killed: start, send, kill, restart, read back, compare", async () => {
  const generator = createGenerator({
    seed: 7,
    startTime: Date.now() - 3_600_000,
    entriesPerSecond: 1000,
    producers: 4,
  });
  const sent = Array.from({ length: 3000 }, () => generator.next());
  const keyOf = (entry: Pick<GameEntry, "producer" | "seq">) => `${entry.producer} ${entry.seq}`;

  await using first = await startServer({ dataFolder });
  const batches = [sent.slice(0, 1000), sent.slice(1000, 1025), sent.slice(1025, 2990)];
  for (const batch of batches) {
    const body = batch.map(toJson).join("\n");
    const headers = { "content-type": "application/x-ndjson" };
    const response = await fetch(`${first.url}/logs`, { method: "POST", headers, body });
    expect(await response.json()).toMatchObject({ accepted: batch.length, rejectedCount: 0 });
    expect(response.status).toBe(201);
  }
  for (const entry of sent.slice(2990)) {
    const headers = { "content-type": "application/json" };
    const body = toJson(entry);
    const response = await fetch(`${first.url}/logs`, { method: "POST", headers, body });
    expect(response.status).toBe(201);
  }
  await first.kill("SIGKILL");

  await using second = await startServer({ dataFolder });
  const read = await readAll(second.url, 700);
  expect(read.map((entry) => keyOf(entry.attributes as never)).toSorted()).toEqual(
    sent.map(keyOf).toSorted(),
  );
  const order = read.map((entry) => `${entry.timestamp} ${entry.logId}`);
  expect(order).toEqual(order.toSorted().toReversed());
});
