import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChunkStore, createChunkId, logIdAt, type TenantChunk } from "@log-service/core";
import { openSqliteStore } from "@log-service/stores/sqlite";

// Measures the SQLite store alone, with chunks of random bytes: `node bench/src/store.ts`.

const startTime = Date.UTC(2026, 10, 22);
const randomness = randomBytes(1 << 20);

interface Shape {
  readonly name: string;
  readonly bytesMin: number;
  readonly bytesMax: number;
  readonly entries: number;
}

const batchShape: Shape = { name: "34 KB", bytesMin: 30_000, bytesMax: 38_000, entries: 1000 };
const postShape: Shape = { name: "4.5 KB", bytesMin: 3000, bytesMax: 6000, entries: 60 };

const between = (min: number, max: number): number => min + Math.floor(Math.random() * (max - min));

const makeChunk = (shape: Shape, time: number, tenant: string): TenantChunk => {
  const seed = { high: between(0, 4096), low: between(0, 2 ** 42) };
  const id = createChunkId(time, seed, 0);
  const from = between(0, randomness.length - shape.bytesMax);
  const length = between(shape.bytesMin, shape.bytesMax);
  const minTime = Math.max(time - (time % 60_000), time - 300);
  return {
    tenant,
    bytes: new Uint8Array(randomness.subarray(from, from + length)),
    meta: {
      id,
      count: shape.entries,
      minTime,
      minId: id,
      maxTime: time,
      maxId: logIdAt(id, shape.entries - 1),
      severityCounts: [shape.entries, 0, 0],
      digest: undefined,
    },
  };
};

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0;

const ms = (value: number): string => `${value.toFixed(2)} ms`;

/** Opens a store in a folder of its own, which goes away afterwards. */
const withStore = async <T>(
  run: (store: Awaited<ReturnType<typeof openSqliteStore>>) => Promise<T>,
): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), "log-service-bench-"));
  try {
    await using store = await openSqliteStore({ folder });
    return await run(store);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const measurePuts = (shape: Shape, count: number): Promise<void> =>
  withStore(async (store) => {
    const latencies: number[] = [];
    let bytes = 0;
    let cpuUs = 0;
    for (let index = 0; index < count; index++) {
      const chunk = makeChunk(shape, startTime + index * 300, "default");
      bytes += chunk.bytes.length;
      const cpu = process.cpuUsage();
      const start = performance.now();
      await store.put([chunk]);
      latencies.push(performance.now() - start);
      const { user, system } = process.cpuUsage(cpu);
      cpuUs += user + system;
    }
    const seconds = latencies.reduce((sum, latency) => sum + latency, 0) / 1000;
    const running = store.diskBytes() / bytes - 1;
    // The store empties its logs when it has been idle for a second.
    await new Promise((done) => setTimeout(done, 1500));
    const idle = store.diskBytes() / bytes - 1;
    console.log(
      `put, one commit a chunk of ${shape.name}: ${(count / seconds).toFixed(0)}/s, ` +
        `p50 ${ms(percentile(latencies, 0.5))}, p99 ${ms(percentile(latencies, 0.99))}, ` +
        `max ${ms(percentile(latencies, 1))}, ` +
        `${(cpuUs / 1000 / count).toFixed(2)} ms of processor time each; disk +${(running * 100).toFixed(1)} % with logs, ` +
        `+${(idle * 100).toFixed(1)} % idle`,
    );
  });

const firstSlice = async (
  store: ChunkStore,
  order: "newest" | "oldest",
  to: number,
  tenant: string,
) => {
  const start = performance.now();
  const request = { tenant, from: 0, to, order, onDamage: () => undefined };
  for await (const slice of store.scan(request)) {
    if (slice.length > 0) break;
  }
  return performance.now() - start;
};

const repeat = async (times: number, run: (turn: number) => Promise<number>): Promise<number[]> => {
  const values: number[] = [];
  for (let turn = 0; turn < times; turn++) values.push(await run(turn));
  return values;
};

const report = (name: string, values: readonly number[]): void =>
  console.log(`  ${name}: p50 ${ms(percentile(values, 0.5))}, p99 ${ms(percentile(values, 0.99))}`);

const measureReads = (count: number, tenants: number): Promise<void> =>
  withStore(async (store) => {
    const shape = { ...postShape, bytesMin: 500, bytesMax: 600 };
    const chunks = Array.from({ length: count }, (_, index) =>
      makeChunk(shape, startTime + Math.floor((index * 86_000_000) / count), `t${index % tenants}`),
    );
    for (let index = 0; index < count; index += 1000) {
      await store.put(chunks.slice(index, index + 1000));
    }
    console.log(`${count} chunks in one day, ${tenants} tenants`);
    const tenantOf = (turn: number) => `t${turn % tenants}`;
    const end = startTime + 86_400_000;
    const middle = (turn: number) => startTime + 20_000_000 + turn * 12_345;
    report(
      "first slice, newest",
      await repeat(500, (turn) => firstSlice(store, "newest", end, tenantOf(turn))),
    );
    report(
      "first slice, oldest",
      await repeat(500, (turn) => firstSlice(store, "oldest", end, tenantOf(turn))),
    );
    report(
      "first slice, newest before a time inside the day",
      await repeat(500, (turn) => firstSlice(store, "newest", middle(turn), tenantOf(turn))),
    );
    const gets = await repeat(500, async () => {
      const chunk = chunks[between(0, count)];
      if (chunk === undefined) return 0;
      const start = performance.now();
      const found = await store.get(chunk.tenant, logIdAt(chunk.meta.id, 5));
      await found?.bytes();
      return performance.now() - start;
    });
    report("get with its bytes", gets);
    const start = performance.now();
    let read = 0;
    const all = {
      tenant: "t0",
      from: 0,
      to: end,
      order: "newest" as const,
      onDamage: () => undefined,
    };
    for await (const slice of store.scan(all)) read += slice.length;
    const seconds = (performance.now() - start) / 1000;
    console.log(`  metadata of ${read} chunks: ${(read / seconds / 1000).toFixed(0)} k/s`);
  });

await measurePuts(batchShape, 3000);
await measurePuts(postShape, 6000);
await measureReads(10_000, 1);
await measureReads(150_000, 1);
await measureReads(150_000, 1000);
