import type { ChunkStore } from "@log-service/core";
import type { LogService } from "@log-service/core/service";
import { parse } from "@log-service/query";
import { describe, expect, it } from "vitest";
import { withChangedBytes } from "../../harness/changed-bytes.ts";
import { openAgeingMemory, openAgeingSqlite } from "../../harness/compaction.ts";
import { createTestEraser } from "../../harness/erasure.ts";
import { createTestService, fixedNow, ndjson } from "../../harness/service.ts";

const hourMs = 3_600_000;
const hours = 6;
const perHour = 600;
const perRequest = 50;
/** The one with the word, the player and the trace that are asked for. */
const wanted = 3;

const entryOf = (hour: number, index: number) => ({
  severity: "info",
  message: `player p-${hour * 1000 + (index % 97)} took ${index % 40} ms, ${hour === wanted && index === 0 ? "zyzzyva" : "again"}`,
  timestamp: fixedNow - hour * hourMs - 60_000 - index,
  service: ["gateway", "chat"][index % 2],
  traceId: (hour * perHour + index).toString(16).padStart(32, "0"),
  player_id: `p-${hour * 1000 + (index % 97)}`,
  number: hour,
  // No double can be any of these.
  platform_id: `7656119800${hour * 1000 + (index % 97)}001`,
  "": `${hour}`,
});

const everything = { from: 0, to: 2 ** 48 } as const;
const filterOf = (q: string) => parse(q).filter;

const searchAll = async (service: LogService, q: string) => {
  const request = { ...everything, filter: filterOf(q), order: "newest", parameters: {} } as const;
  return (await service.search("default", { ...request, limit: 1000 })).lines.toSorted();
};

type Ask = (service: LogService, q: string) => Promise<unknown>;

/** Each way to ask, as something that can be compared. */
const ways: Readonly<Record<string, Ask>> = {
  search: searchAll,
  stats: async (service, q) => {
    const measures = [{ name: "count" }] as const;
    const request = { measures, by: ["service"], intervalMs: undefined, top: 10 } as const;
    const { groups } = await service.stats("default", {
      ...everything,
      ...request,
      filter: filterOf(q),
    });
    return groups;
  },
  export: async (service, q) => {
    const request = { ...everything, filter: filterOf(q), order: "oldest" } as const;
    const format = { name: "ndjson" } as const;
    const parts = await Array.fromAsync(service.export("default", { ...request, format }));
    return Buffer.concat(parts).toString();
  },
  patterns: async (service, q) => {
    const request = { ...everything, filter: filterOf(q), top: 10, compareTo: undefined };
    return (await service.patterns("default", request)).patterns;
  },
};

/** The store, and how many chunks were read in it. */
const countReads = (store: ChunkStore) => {
  let reads = 0;
  const counted = withChangedBytes(store, (bytes) => {
    reads += 1;
    return bytes;
  });
  return { store: counted, count: () => reads };
};

const withoutFilters = (store: ChunkStore): ChunkStore => ({
  ...store,
  async *scan(...request) {
    for await (const slice of store.scan(...request))
      yield slice.map(({ filter: _, ...chunk }) => chunk);
  },
});

describe.each([
  ["memory", openAgeingMemory],
  ["sqlite", openAgeingSqlite],
] as const)("the filters of merged chunks in the %s store", (_, openStore) => {
  const openMerged = async () => {
    const opened = await openStore();
    await using filling = createTestService({ store: opened.store });
    for (let hour = 0; hour < hours; hour++) {
      const entries = Array.from({ length: perHour }, (__, index) => entryOf(hour, index));
      for (let start = 0; start < perHour; start += perRequest)
        await filling.ingest("default", {
          body: ndjson(entries.slice(start, start + perRequest)),
          format: "ndjson",
        });
    }
    await opened.age();
    await opened.compact();
    return opened;
  };

  it("spare reading chunks, and change no answer", async () => {
    await using opened = await openMerged();
    const { store: counted, count } = countReads(opened.store);
    /** Asks a service that has no chunk open yet. */
    const askFiltered = async (ask: Ask, q: string) => {
      await using service = createTestService({ store: counted });
      const before = count();
      const answer = await ask(service, q);
      return { q, answer, reads: count() - before };
    };
    await using plain = createTestService({ store: withoutFilters(opened.store) });
    const trace = entryOf(wanted, 7).traceId;
    const spared = [
      "zyzzyva",
      `player_id:${entryOf(wanted, 5).player_id}`,
      `traceId:${trace}`,
      `platform_id:${entryOf(wanted, 5).platform_id}`,
      "service:chat player_id:p-3001",
      "zyzzyva OR player_id:p-3002",
      'message:/zyzzyva$/ OR message:*zyzzyva* OR "ms, zyzzyva"',
    ];
    const notSpared = [
      "player_id:p-0",
      "NOT zyzzyva",
      "zyz",
      "number:3",
      "zyzzyva OR number:3",
      'attributes."":3',
      "service:chat",
      "player_id:p-3*",
    ];
    for (const ask of Object.values(ways)) {
      for (const q of spared) {
        const asked = await askFiltered(ask, q);
        expect(asked).toMatchObject({ q, answer: await ask(plain, q) });
        // The one that has it, and at most one more of these six: a filter may leave room where there is nothing.
        expect([1, 2]).toContain(asked.reads);
      }
      for (const q of notSpared)
        expect(await askFiltered(ask, q)).toMatchObject({ answer: await ask(plain, q) });
      expect(await askFiltered(ask, "kubernetes player_id:p-none")).toMatchObject({ reads: 0 });
      expect((await askFiltered(ask, "number:99")).reads).toBeGreaterThanOrEqual(hours - 1);
    }
  });

  it("let an erasure read what it may have to erase, and no more", async () => {
    await using opened = await openMerged();
    const { store, count } = countReads(opened.store);
    await using eraser = createTestEraser(opened, { store });
    const player = entryOf(wanted, 5).player_id;
    const filter = filterOf(`player_id:${player}`);
    const report = await eraser.erase("default", { ...everything, filter });
    expect(report).toMatchObject({ state: "done", remaining: 0 });
    expect(report.erased).toBeGreaterThan(5);
    expect(count()).toBeLessThan(hours);
    await using service = createTestService({ store: opened.store });
    expect(await searchAll(service, `player_id:${player}`)).toEqual([]);
    expect(await searchAll(service, "player_id:*")).toHaveLength(1000);
  });
});
