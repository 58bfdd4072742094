import type { LogService } from "@log-service/core/service";
import { parse } from "@log-service/query";
import { createMemoryStore } from "@log-service/stores/memory";
import fc from "fast-check";
import { expect, it } from "vitest";
import { withChangedBytes } from "../../harness/changed-bytes.ts";
import { openAgeingSqlite } from "../../harness/compaction.ts";
import { createTestService, fixedNow, leavingClient, ndjson } from "../../harness/service.ts";

type ExportRequest = Parameters<LogService["export"]>[1];

const everything = {
  filter: { op: "all" },
  from: 0,
  to: 2 ** 48,
  order: "newest",
  format: { name: "ndjson" },
} as const;

const exportLines = async (
  service: LogService,
  request: Partial<ExportRequest> = {},
): Promise<string[]> => {
  const pieces = await Array.fromAsync(service.export("default", { ...everything, ...request }));
  return Buffer.concat(pieces).toString().split("\n").slice(0, -1);
};

/** The same by pages of a search: what an export is compared with. */
const searchLines = async (service: LogService, request: Partial<ExportRequest> = {}) => {
  const lines: string[] = [];
  let cursor: string | undefined;
  do {
    const question = { ...everything, ...request, limit: 1000, parameters: {}, cursor };
    const page = await service.search("default", question);
    lines.push(...page.lines);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return lines;
};

/** A memory store that counts what is read from it, and damages the last byte of what begins at a time. */
const createCountingStore = (damagedTime?: number) => {
  const counts = { reads: 0 };
  const store = withChangedBytes(createMemoryStore(), (bytes, { meta }) => {
    counts.reads++;
    bytes.set([bytes.at(-1)! ^ Number(meta.maxTime === damagedTime)], bytes.length - 1);
    return bytes;
  });
  return { store, counts };
};

const ingest = (service: LogService, entries: readonly object[]) =>
  service.ingest("default", { body: ndjson(entries), format: "ndjson" });

/** Batches of entries of about 2 kB, a chunk each. */
const fill = async (
  service: LogService,
  batches: number,
  timeOf: (batch: number, index: number) => number,
  batchEntries = 150,
) => {
  for (let batch = 0; batch < batches; batch++) {
    const entries = Array.from({ length: batchEntries }, (_, index) => ({
      severity: "info",
      message: `${"a long line ".repeat(160)} ${index} of ${batch}`,
      timestamp: timeOf(batch, index),
    }));
    await ingest(service, entries);
  }
};

const times = fc.oneof(
  fc.integer({ min: fixedNow - 20, max: fixedNow }),
  fc.integer({ min: fixedNow - 180_000, max: fixedNow }),
);

const sentBatches = fc.array(fc.array(times, { minLength: 1, maxLength: 12 }), {
  minLength: 1,
  maxLength: 15,
});

const questions = fc.record({
  order: fc.constantFrom("newest" as const, "oldest" as const),
  from: fc.option(times, { nil: 0 }),
  to: fc.option(times, { nil: 2 ** 48 }),
  filter: fc.constantFrom(
    ...["", "entry 1", "severity:error OR /of 3$/", "nothing:here"].map(
      (text) => parse(text).filter,
    ),
  ),
});

it("has what the pages of a search have, in their order", async () => {
  await fc.assert(
    fc.asyncProperty(sentBatches, questions, async (sent, question) => {
      await using store = createMemoryStore();
      await using service = createTestService({ store });
      for (const [number, batch] of sent.entries()) {
        const entries = batch.map((timestamp, index) => ({
          severity: ["info", "error"][index % 2],
          message: `entry ${index} of ${number}`,
          timestamp,
        }));
        await ingest(service, entries);
      }
      expect(await exportLines(service, question)).toEqual(await searchLines(service, question));
    }),
    { numRuns: 60 },
  );
});

it.each([
  ["at one moment", () => fixedNow, 10],
  ["over the same minute", (batch: number, index: number) => fixedNow - batch - index * 200, 11],
])("puts more in order than it holds at once: all %s", async (_, timeOf, readsAtLeast) => {
  const { store, counts } = createCountingStore();
  await using service = createTestService({ store });
  await fill(service, 10, timeOf);
  const newest = await exportLines(service);
  // A search keeps chunks open, so that only the first one is seen to read them.
  expect(counts.reads).toBeGreaterThanOrEqual(readsAtLeast);
  expect(newest).toEqual(await searchLines(service));
  expect(await exportLines(service, { order: "oldest" })).toEqual(newest.toReversed());
});

it("reads on only while its pieces are taken, and not at all when its reader has left", async () => {
  const { store, counts } = createCountingStore();
  await using service = createTestService({ store });
  await fill(service, 30, (batch, index) => fixedNow - batch * 60_000 - index);
  const pieces = service.export("default", everything)[Symbol.asyncIterator]();
  await pieces.next();
  expect(counts.reads).toBeLessThan(20);
  const readsAtFirst = counts.reads;
  for (let piece = 0; piece < 10; piece++) await pieces.next();
  expect(counts.reads).toBe(readsAtFirst);
  await pieces.return?.();
  expect(await pieces.next()).toEqual({ done: true, value: undefined });
  expect(counts.reads).toBe(readsAtFirst);
});

it("has each entry once when chunks are merged under it", async () => {
  await using opened = await openAgeingSqlite();
  await using service = createTestService({ store: opened.store });
  await fill(service, 80, (batch, index) => fixedNow - batch * 60_000 - index, 20);
  const expected = await exportLines(service);
  await opened.age();
  let text = "";
  let merged = 0;
  for await (const piece of service.export("default", everything)) {
    merged += text === "" ? (await opened.compact()).length : 0;
    text += Buffer.from(piece).toString("latin1");
  }
  expect(merged).toBeGreaterThan(0);
  expect(text.split("\n").slice(0, -1)).toEqual(expected);
  expect(await exportLines(service)).toEqual(expected);
});

it("leaves a damaged chunk out, and says so once, at its end", async () => {
  const { store } = createCountingStore(fixedNow - 3 * 60_000);
  await using service = createTestService({ store });
  await fill(service, 20, (batch, index) => fixedNow - batch * 60_000 - index);
  const lines = (await exportLines(service)).map((line) => JSON.parse(line));
  const { warnings } = lines.pop();
  expect(warnings).toEqual([
    { code: "CHUNK_CORRUPT", message: expect.stringMatching(/^the chunk .* is damaged/) },
  ]);
  expect(lines).toHaveLength(19 * 150);
  expect(lines.filter(({ message }) => message.endsWith("of 3"))).toEqual([]);
});

it("stops when its client goes away while nothing matches", async () => {
  const { store, counts } = createCountingStore();
  const { signal, ...client } = leavingClient(() => counts.reads > 3);
  await using service = createTestService({ store, ...client });
  await fill(service, 20, (batch) => fixedNow - batch * 60_000);
  const { filter } = parse("nothing");
  const lines = exportLines(service, { filter, signal });
  await expect(lines).rejects.toThrow("the client went away");
  expect(counts.reads).toBeLessThan(20);
});
