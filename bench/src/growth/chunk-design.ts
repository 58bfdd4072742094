import { createChunkId, logIdAt, type TenantChunk } from "@log-service/core";
import { createDynamoStore } from "@log-service/stores/dynamodb";
import { createRandom } from "../generator/random.ts";
import { createTable, type Table } from "./dynamodb-limits.ts";
import type { Outcome } from "./usual-design.ts";

export interface Load {
  readonly entriesPerSecond: number;
  readonly seconds: number;
  readonly entriesPerBatch: number;
  /** Write units of a batch, as `npm run e2e:aws` measures them. */
  readonly unitsPerBatch: number;
}

const startTime = Date.UTC(2026, 10, 22, 9);
const tickMs = 20;
const producers = 20;
/** How long a function is busy with a request; with their number it says how many there are at once. */
const requestMs = 50;
const functionsMax = 100;

/** A clock that moves when the simulation says so. */
const createClock = () => {
  let now = 0;
  /** Who waits, by the tick that ends it. */
  const waiting = new Map<number, (() => void)[]>();
  return {
    now: () => now,
    wait: (ms: number) =>
      new Promise<void>((resolve) => {
        const tick = Math.max(Math.floor(now / tickMs) + 1, Math.ceil((now + ms) / tickMs));
        const others = waiting.get(tick);
        if (others === undefined) waiting.set(tick, [resolve]);
        else others.push(resolve);
      }),
    /** Goes on by a tick and lets all that is due be done. */
    next: async () => {
      now += tickMs;
      const tick = now / tickMs;
      for (const resolve of waiting.get(tick) ?? []) resolve();
      waiting.delete(tick);
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
    },
    isIdle: () => waiting.size === 0,
  };
};

type Clock = ReturnType<typeof createClock>;

interface Put {
  readonly Item: { readonly pk: { readonly S: string }; readonly sk: { readonly B: string } };
}

/** Answers as DynamoDB does, as far as the store asks: puts alone, which the model takes or throttles. */
const createEndpoint = (table: Table, clock: Clock, unitsPerBatch: number) => {
  const counts = { attempts: 0, throttled: 0 };
  const marks = new Map<string, unknown>();
  const throttled = {
    __type: "com.amazonaws.dynamodb.v20120810#ThrottlingException",
    ThrottlingReasons: [{ reason: "TableWriteKeyRangeThroughputExceeded" }],
  };
  const answer = (text: string): { status: number; body: object } => {
    const { Item: item }: Put = JSON.parse(text);
    const isMark = item.pk.S.endsWith("#marks");
    if (!table.write(item.pk.S, isMark ? 1 : unitsPerBatch, clock.now() / 1000)) {
      counts.throttled += isMark ? 0 : 1;
      return { status: 400, body: throttled };
    }
    if (!isMark) return { status: 200, body: {} };
    const there = marks.get(item.sk.B);
    if (there === undefined) marks.set(item.sk.B, item);
    const failed = { __type: "x#ConditionalCheckFailedException", Item: there };
    return there === undefined ? { status: 200, body: {} } : { status: 400, body: failed };
  };
  const send: typeof fetch = async (_, init) => {
    const { status, body } = answer(String(init?.body));
    counts.attempts += 1;
    const text = JSON.stringify(body);
    // The store reads nothing else of an answer; a whole Response would be most of the simulation's time.
    return { status, headers: new Headers(), text: async () => text } as Response;
  };
  return { send, counts };
};

const minuteMs = 60_000;

/** A chunk as a producer's batch becomes one; its size is the model's affair. */
const createBatch = (load: Load, time: number, bits: () => number): TenantChunk => {
  const { entriesPerBatch: count, entriesPerSecond } = load;
  const seed = { high: bits() % 2 ** 12, low: bits() + (bits() % 2 ** 10) * 2 ** 32 };
  const id = createChunkId(time, seed, 0);
  const spanMs = (count * 1000 * producers) / entriesPerSecond;
  return {
    tenant: "game",
    bytes: new Uint8Array(1),
    meta: {
      id,
      count,
      minTime: time - Math.floor(Math.min(spanMs, time % minuteMs)),
      minId: id,
      maxTime: time,
      maxId: logIdAt(id, count - 1),
      severityCounts: [count, 0, 0],
      digest: undefined,
    },
  };
};

/** Drives the store of this project, as the functions run it, against the model. */
export const driveChunkDesign = async (load: Load): Promise<Outcome> => {
  const { entriesPerSecond, entriesPerBatch, seconds, unitsPerBatch } = load;
  const clock = createClock();
  const { fraction: random, bits } = createRandom(7);
  const { send, counts } = createEndpoint(createTable(), clock, unitsPerBatch);
  const batchesPerSecond = entriesPerSecond / entriesPerBatch;
  const functions = Math.min(functionsMax, Math.ceil((batchesPerSecond * requestMs) / 1000));
  const shards = new Set<string>();
  const stores = Array.from({ length: functions }, () =>
    createDynamoStore({
      table: "chunks",
      region: "us-east-1",
      endpoint: "http://model",
      credentials: () => ({ accessKeyId: "id", secretAccessKey: "secret" }),
      fetch: async (url, init) => {
        const response = await send(url, init);
        const { Item: item }: Put = JSON.parse(String(init?.body));
        const [, place = ""] = item.pk.S.split("#");
        if (response.status === 200 && place !== "marks") shards.add(place.split(".")[0] ?? "");
        return response;
      },
      now: () => startTime + clock.now(),
      uptimeMs: clock.now,
      random,
      wait: clock.wait,
    }),
  );
  let sent = 0;
  let refused = 0;
  const put = async (time: number): Promise<void> => {
    const store = stores[sent % functions]!;
    sent += 1;
    await store.put([createBatch(load, startTime + Math.floor(time), bits)]).catch(() => {
      refused += 1;
    });
  };
  do {
    await clock.next();
    const time = Math.min(clock.now(), seconds * 1000);
    const due = Math.floor((time * batchesPerSecond) / 1000) - sent;
    for (let index = 0; index < due; index++) void put(time);
  } while (clock.now() <= seconds * 1000 || !clock.isIdle());
  return {
    refusedShare: refused / sent,
    throttledShare: counts.throttled / counts.attempts,
    where: counts.throttled > 0 ? "the tenant's key ranges" : "",
    shardCount: shards.size,
  };
};
