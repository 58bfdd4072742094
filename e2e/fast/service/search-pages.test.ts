import { matches, parse } from "@log-service/query";
import { createMemoryStore } from "@log-service/stores/memory";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTestService, fixedNow, ndjson } from "../../harness/service.ts";

interface Sent {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
  readonly service: string;
  readonly timestamp: number;
}

interface Read extends Omit<Sent, "timestamp"> {
  readonly logId: string;
  readonly timestamp: string;
}

// Few times, close to minute borders: overlapping chunks, equal milliseconds and late entries are the usual case.
const times = fc.oneof(
  fc.integer({ min: fixedNow - 20, max: fixedNow }),
  fc.integer({ min: fixedNow - 180_000, max: fixedNow }),
  fc.constantFrom(fixedNow - 500, fixedNow - 501, fixedNow - 60_500),
);

const batches = fc.array(
  fc.array(
    fc.record({
      severity: fc.constantFrom("info", "warning", "error"),
      service: fc.constantFrom("gateway", "matchmaker"),
      timestamp: times,
    }),
    { minLength: 1, maxLength: 12 },
  ),
  { minLength: 1, maxLength: 15 },
);

const queries = [
  "entry 1",
  '"2 of"',
  "-severity:info service:match*",
  "severity:error OR /of 3$/",
  "timestamp:<2026-11-22T08:59:30Z",
  "nothing:here",
  "-nothing:here",
];

const questions = fc.record({
  order: fc.constantFrom("newest", "oldest"),
  limit: fc.integer({ min: 1, max: 9 }),
  from: fc.option(times, { nil: 0 }),
  to: fc.option(times, { nil: 2 ** 48 }),
  filter: fc.constantFrom(
    { op: "all" } as const,
    { op: "equals", field: "severity", value: "error" } as const,
    { op: "equals", field: "service", value: "gateway" } as const,
    ...queries.map((text) => parse(text).filter),
  ),
});

const oneByOne = { timeMs: -1, bytes: 0 };

describe("search", () => {
  it.each([
    ["with room to read", undefined],
    ["with a budget of one chunk a page", oneByOne],
  ])("returns every matching entry once, in total order, page by page, %s", async (_, budget) => {
    await fc.assert(
      fc.asyncProperty(batches, questions, async (sent, question) => {
        await using store = createMemoryStore();
        await using service = createTestService({ store, ...(budget && { searchBudget: budget }) });
        const all: Sent[] = [];
        for (const [number, batch] of sent.entries()) {
          const entries = batch.map((one, index) => ({
            ...one,
            message: `entry ${index} of ${number}`,
          }));
          await service.ingest("default", { body: ndjson(entries), format: "ndjson" });
          all.push(...entries);
        }
        const { filter, from, to, order } = question;
        const expected = all.filter(
          (one) =>
            one.timestamp >= from &&
            one.timestamp < to &&
            matches(filter, { ...one, attributeNames: [], attributeValues: [] }),
        );
        const read: Read[] = [];
        const forward = order === "newest" ? -1 : 1;
        let cursor: string | undefined;
        let scannedTo = forward * Number.NEGATIVE_INFINITY;
        let pages = 0;
        do {
          const page = await service.search("default", { ...question, cursor, parameters: {} });
          expect(page.lines.length).toBeLessThanOrEqual(question.limit);
          const found: Read[] = page.lines.map((line) => JSON.parse(line));
          const isBehind = (time: number) => forward * time < forward * scannedTo;
          expect(found.filter(({ timestamp }) => isBehind(Date.parse(timestamp)))).toEqual([]);
          expect(page.scannedTo === undefined).toBe(page.isComplete);
          scannedTo = page.scannedTo ?? scannedTo;
          expect(scannedTo).not.toBeNaN();
          read.push(...found);
          cursor = page.nextCursor ?? undefined;
          pages++;
        } while (cursor !== undefined && pages < 1000);
        expect(pages).toBeLessThan(1000);
        expect(read.map((one) => one.message).toSorted()).toEqual(
          expected.map((one) => one.message).toSorted(),
        );
        const places = read.map((one) => `${one.timestamp} ${one.logId}`);
        const inOrder = places.toSorted();
        expect(places).toEqual(order === "newest" ? inOrder.toReversed() : inOrder);
      }),
      { numRuns: 200 },
    );
  });

  it("returns what was there at the first page once while new entries arrive", async () => {
    await fc.assert(
      fc.asyncProperty(
        batches,
        batches,
        fc.integer({ min: 1, max: 5 }),
        async (sent, later, limit) => {
          await using store = createMemoryStore();
          await using service = createTestService({ store });
          const send = (batch: readonly object[], name: string) =>
            service.ingest("default", {
              body: ndjson(batch.map((one, index) => ({ ...one, message: `${name} ${index}` }))),
              format: "ndjson",
            });
          for (const [number, batch] of sent.entries()) await send(batch, `old ${number}`);
          const read: string[] = [];
          let cursor: string | undefined;
          do {
            const page = await service.search("default", {
              filter: { op: "all" },
              from: 0,
              to: 2 ** 48,
              order: "newest",
              limit,
              cursor,
              parameters: {},
            });
            read.push(...page.lines.map((line) => JSON.parse(line).message));
            cursor = page.nextCursor ?? undefined;
            const arriving = later.pop();
            if (arriving) await send(arriving, `new ${later.length}`);
          } while (cursor !== undefined);
          const old = sent.flatMap((batch, number) =>
            batch.map((_, index) => `old ${number} ${index}`),
          );
          expect(read.filter((one) => one.startsWith("old")).toSorted()).toEqual(old.toSorted());
          expect(new Set(read).size).toBe(read.length);
        },
      ),
      { numRuns: 100 },
    );
  });
});
