// Scans that are spread over threads answer what the same scans answer on one.
import type { ChunkStore } from "@log-service/core";
import type { ScanPool } from "@log-service/core/scan";
import type { LogService } from "@log-service/core/service";
import { parse } from "@log-service/query";
import { createMemoryStore } from "@log-service/stores/memory";
import { afterAll, describe, expect, it } from "vitest";
import { createScanPool } from "../../../packages/api/src/hosts/scan/pool.ts";
import { withChangedBytes } from "../../harness/changed-bytes.ts";
import { createTestService, fixedNow, ndjson } from "../../harness/service.ts";

const minuteMs = 60_000;
/** A chunk each: more than any scan reads before it asks the threads. */
const minutes = 300;

const entryAt = (index: number) => ({
  severity: ["info", "warning", "error"][index % 3],
  service: ["gateway", "chat"][index % 2],
  message: index % 97 === 0 ? `a rare zyzzyva ${index}` : `request ${index} took ${index % 13} ms`,
  timestamp: fixedNow - Math.floor(index / 4) * minuteMs - (index % 4) * 100,
  latency_ms: index % 50,
  player_id: `p-${index % 211}`,
});

const fill = async (store: ChunkStore): Promise<void> => {
  await using service = createTestService({ store });
  const entries = Array.from({ length: minutes * 4 }, (_, index) => entryAt(index));
  await service.ingest("default", { body: ndjson(entries), format: "ndjson" });
};

const store = createMemoryStore();
await fill(store);
const pool = createScanPool(2);
afterAll(() => pool[Symbol.asyncDispose]());

const range = { from: 0, to: fixedNow + 1 };
const filterOf = (text: string) => parse(text).filter;

const searchAll = async (service: LogService, text: string, limit: number) => {
  const pages: (readonly string[])[] = [];
  let cursor: string | undefined;
  do {
    const page = await service.search("default", {
      ...range,
      filter: filterOf(text),
      order: "newest",
      limit,
      parameters: {},
      ...(cursor === undefined ? {} : { cursor }),
    });
    pages.push(page.lines);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return pages;
};

/** Asks a service with threads, and one without. */
const askBoth = async <T>(ask: (service: LogService) => Promise<T>): Promise<readonly [T, T]> => {
  await using here = createTestService({ store });
  await using spread = createTestService({ store, scanPool: pool });
  return [await ask(here), await ask(spread)];
};

describe("a scan that is spread over threads answers what it answers on one", () => {
  it.each([
    ["zyzzyva", 100],
    ["zyzzyva", 2],
    ["latency_ms:>48 severity:error", 5],
    ["player_id:p-3", 100],
    ["nothing", 10],
    ["", 450],
  ])("search %s, %i a page", async (text, limit) => {
    const [here, spread] = await askBoth((service) => searchAll(service, text, limit));
    expect(spread).toEqual(here);
  });

  it.each([["service"], ["latency_ms"], ["player_id"]])("stats by %s", async (by) => {
    const request = {
      ...range,
      filter: filterOf("-zyzzyva"),
      measures: [
        { name: "count" },
        { name: "p95", field: "latency_ms" },
        { name: "max", field: "latency_ms" },
      ] as const,
      by: [by],
      intervalMs: 10 * minuteMs,
      top: 7,
    };
    const [here, spread] = await askBoth((service) => service.stats("default", request));
    expect(here.groups.length).toBeGreaterThan(1);
    expect(spread).toEqual(here);
  });

  it("fields, and the values of one", async () => {
    const filter = filterOf("took");
    const [fieldsHere, fields] = await askBoth((one) =>
      one.fields("default", { ...range, filter }),
    );
    expect(fields).toEqual(fieldsHere);
    const request = { ...range, filter, name: "player_id", limit: 5 };
    const [valuesHere, values] = await askBoth((one) => one.fieldValues("default", request));
    expect(values).toEqual(valuesHere);
  });
});

it("asks no thread for a page of entries that were sent one by one", async () => {
  const none: ScanPool = {
    slicesAtOnce: 2,
    scan: () => Promise.reject(new Error("a thread was asked")),
  };
  const count = 150;
  await using singles = createMemoryStore();
  await using service = createTestService({ store: singles, scanPool: none });
  for (let index = 0; index < count; index++)
    await service.ingest("default", { body: ndjson([entryAt(index)]), format: "ndjson" });
  expect(await searchAll(service, "", 100)).toMatchObject([{ length: 100 }, { length: 50 }]);
});

const countRequest = {
  ...range,
  filter: filterOf("request"),
  measures: [{ name: "count" }] as const,
  by: [],
  intervalMs: undefined,
  top: 1,
};

it("reports a chunk that a thread cannot decode, and counts the rest", async () => {
  const damaged = withChangedBytes(store, (bytes, { meta }) =>
    meta.maxTime === fixedNow ? bytes.fill(0, bytes.length - 20) : bytes,
  );
  await using service = createTestService({ store: damaged, scanPool: pool });
  const { warnings, groups } = await service.stats("default", countRequest);
  expect(warnings).toEqual([
    expect.objectContaining({ code: "CHUNK_CORRUPT", message: expect.stringContaining("chunk") }),
  ]);
  const points = groups.flatMap((group) => group.points);
  expect(points).toEqual([[0, minutes * 4 - 4 - Math.floor((minutes * 4) / 97)]]);
});

it("fails when a thread does", async () => {
  const broken: ScanPool = { slicesAtOnce: 2, scan: () => Promise.reject(new Error("it died")) };
  await using service = createTestService({ store, scanPool: broken });
  await expect(service.stats("default", countRequest)).rejects.toThrow("it died");
});

it("stops reading when the client has gone, with no more under way than fits the threads", async () => {
  let chunksRead = 0;
  let atOnceMost = 0;
  let atOnce = 0;
  const client = new AbortController();
  const counting = withChangedBytes(store, (bytes) => {
    chunksRead++;
    if (chunksRead === 100) client.abort(new Error("the client went away"));
    return Buffer.concat([bytes, Buffer.alloc(300_000)]);
  });
  const slow: ScanPool = {
    slicesAtOnce: 2,
    scan: async () => {
      atOnceMost = Math.max(atOnceMost, ++atOnce);
      await new Promise((done) => setImmediate(done));
      atOnce--;
      return {
        partial: { groups: [], rest: undefined },
        bytesDecompressed: 0,
        damaged: [],
        needed: [],
        kept: new Map(),
      };
    },
  };
  await using service = createTestService({ store: counting, scanPool: slow });
  const request = { ...countRequest, signal: client.signal };
  await expect(service.stats("default", request)).rejects.toThrow("the client went away");
  expect(chunksRead).toBe(100);
  expect(atOnceMost).toBe(2);
});
