import { all } from "@log-service/query";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openAgeingMemory, openAgeingSqlite } from "../../harness/compaction.ts";
import { createTestService, fixedNow, ndjson } from "../../harness/service.ts";

const hourMs = 3_600_000;

// Few times, close to borders of minutes and hours: overlapping chunks, equal milliseconds and late entries are usual.
const times = fc.oneof(
  fc.integer({ min: fixedNow - 20, max: fixedNow }),
  fc.integer({ min: fixedNow - 180_000, max: fixedNow }),
  fc.integer({ min: fixedNow - 2 * hourMs, max: fixedNow }),
  fc.constantFrom(fixedNow - 500, fixedNow - 501, fixedNow - 60_500),
);

const batches = fc.array(fc.array(times, { minLength: 1, maxLength: 12 }), {
  minLength: 2,
  maxLength: 15,
});

const questions = fc.record({
  order: fc.constantFrom("newest" as const, "oldest" as const),
  limit: fc.integer({ min: 1, max: 9 }),
  from: fc.option(times, { nil: 0 }),
  to: fc.option(times, { nil: 2 ** 48 }),
});

interface Read {
  readonly logId: string;
  readonly message: string;
  readonly timestamp: string;
}

const statsRequest = {
  filter: all,
  from: 0,
  to: 2 ** 48,
  measures: [{ name: "count" }, { name: "p95", field: "n" }] as const,
  by: ["service"],
  intervalMs: 60_000,
  top: 10,
};

describe.each([
  ["memory", openAgeingMemory, 40],
  ["sqlite", openAgeingSqlite, 12],
] as const)("compaction of the %s store", (_, openStore, numRuns) => {
  it("changes no entry, no order, no page that is under way, no look-up and no repeat", async () => {
    await fc.assert(
      fc.asyncProperty(batches, questions, fc.nat(5), async (sent, question, pagesBefore) => {
        await using opened = await openStore();
        const { store } = opened;
        await using service = createTestService({ store });
        const send = (batch: readonly number[], number: number) =>
          service.ingest("default", {
            body: ndjson(
              batch.map((timestamp, index) => ({
                severity: "info",
                service: `s-${index % 3}`,
                message: `entry ${index} of ${number}`,
                timestamp,
                n: index,
              })),
            ),
            format: "ndjson",
            ...[{}, { idempotencyKey: `key-${number}` }, { dedupe: "content" as const }][
              number % 3
            ],
          });
        for (const [number, batch] of sent.entries()) await send(batch, number);
        const readPages = async (interrupt: (page: number) => Promise<void>) => {
          const read: Read[] = [];
          let cursor: string | undefined;
          for (let page = 0; page === 0 || cursor !== undefined; page++) {
            await interrupt(page);
            const { lines, nextCursor } = await service.search("default", {
              ...question,
              filter: all,
              cursor,
              parameters: {},
            });
            read.push(...lines.map((line) => JSON.parse(line)));
            cursor = nextCursor ?? undefined;
            expect(page).toBeLessThan(1000);
          }
          return read;
        };
        const expected = await readPages(async () => undefined);
        const expectedStats = await service.stats("default", statsRequest);
        await opened.age();
        const found = await readPages(async (page) => {
          await { [pagesBefore]: opened.compact }[page]?.();
        });
        expect(found).toEqual(expected);
        await opened.compact();
        expect(await readPages(async () => undefined)).toEqual(expected);
        expect(await service.stats("default", statsRequest)).toEqual(expectedStats);
        for (const { logId, message } of expected)
          expect(JSON.parse(await service.get("default", logId))).toMatchObject({ logId, message });
        // Those with a key, and those that are known by their content.
        const repeatable = [...sent.entries()].filter(([number]) => number % 3 > 0);
        for (const [number, batch] of repeatable) await send(batch, number);
        expect(await readPages(async () => undefined)).toEqual(expected);
      }),
      { numRuns },
    );
  });

  it("leaves few chunks of many, and none of them again", async () => {
    await using opened = await openStore();
    await using service = createTestService({ store: opened.store });
    for (let number = 0; number < 200; number++)
      await service.ingest("default", {
        body: ndjson([
          { severity: "info", message: `entry ${number}`, timestamp: fixedNow - number * 1000 },
        ]),
        format: "ndjson",
      });
    expect(await opened.compact()).toEqual([]);
    await opened.age();
    const reports = await opened.compact();
    expect(reports.map(({ oldChunks, newChunks }) => [oldChunks, newChunks])).toEqual([[199, 1]]);
    expect(await opened.compact()).toEqual([]);
  });
});
