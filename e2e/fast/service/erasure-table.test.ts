import { createDynamoStore } from "@log-service/stores/dynamodb";
import { describe, expect, it } from "vitest";
import { createFakeDynamo } from "../../../packages/stores/src/dynamodb/test/fake-dynamodb.ts";
import { createTestOptions } from "../../../packages/stores/src/dynamodb/test/test-options.ts";
import { openAgeingDynamo } from "../../harness/compaction.ts";
import { createTestErasing, holding } from "../../harness/erasing.ts";
import { all, countOf, everything, filterOf, ingest } from "../../harness/erasure.ts";
import { createTestService, fixedNow, ndjson } from "../../harness/service.ts";

const hourMs = 3_600_000;
const request = { ...everything, filter: filterOf("player:p-1") };

/** A table with some chunks in three hours, three entries each. */
const openFilled = async (chunks = 9) => {
  const opened = await openAgeingDynamo();
  const service = createTestService({ store: opened.store });
  for (let number = 0; number < chunks; number++)
    await ingest(
      service,
      "game-1",
      [0, 1, 2].map((player) => ({ timestamp: fixedNow - (number % 3) * hourMs - number, player })),
    );
  const close = async () => {
    await service[Symbol.asyncDispose]();
    await opened[Symbol.asyncDispose]();
  };
  return { ...opened, service, [Symbol.asyncDispose]: close };
};

const isWrite = (init: RequestInit | undefined): boolean =>
  /Put|Update|Delete/.test(new Headers(init?.headers).get("x-amz-target") ?? "");

describe("erasure in the table, in invocations", () => {
  it("leaves nothing of an entry in any item, nor of the query", async () => {
    await using opened = await openAgeingDynamo();
    const { fake, now } = opened;
    await using service = createTestService({ store: opened.store });
    const marker = "Zaphod-Beeblebrox-42";
    for (let number = 0; number < 30; number++)
      await service.ingest("game-1", {
        body: ndjson(
          [0, 1, 2].slice(number % 3).map((n) => ({
            severity: "info",
            message: (number + n) % 4 === 0 ? `${marker} was here` : `somebody else ${n}`,
            timestamp: fixedNow - number * 60_000,
          })),
        ),
        format: "ndjson",
        idempotencyKey: `${number}`,
      });
    const erasing = createTestErasing(fake, now);
    const before = await countOf(service, "game-1");
    expect(holding(fake, marker).length).toBeGreaterThan(5);
    const filter = filterOf(`"${marker}"`);
    const { id } = await erasing.requests.erase("game-1", { ...everything, filter });
    expect(await erasing.drain()).toBe(1);
    const report = await erasing.requests.erasure("game-1", id);
    expect(report).toMatchObject({ state: "done", left: [], query: undefined });
    expect(report.erased).toBe(report.matched);
    expect(holding(fake, marker)).toEqual([]);
    expect(holding(fake, "Beeblebrox")).toEqual([]);
    expect(await countOf(service, "game-1")).toBe(before - report.erased);
    expect(holding(fake, "somebody else").length).toBeGreaterThan(5);
  });

  it("goes on where the time ran out, in one invocation after the other", async () => {
    await using opened = await openFilled();
    const { fake, now, service } = opened;
    let stop = new AbortController();
    let updates = 0;
    const send: typeof fetch = async (url, init) => {
      const isUpdate = new Headers(init?.headers).get("x-amz-target")?.endsWith("UpdateItem");
      const response = await fake.fetch(url, init);
      updates += Number(isUpdate);
      // Each second chunk is the last one of its invocation.
      [() => undefined, () => stop.abort(new Error("no time"))][
        Number(isUpdate && updates % 2 === 0)
      ]?.();
      return response;
    };
    const timeout = () => {
      stop = new AbortController();
      return stop.signal;
    };
    const erasing = createTestErasing(fake, now, { fetch: send, timeout });
    const { id } = await erasing.requests.erase("game-1", request);
    expect(await erasing.drain()).toBe(5);
    const report = await erasing.requests.erasure("game-1", id);
    expect(report).toMatchObject({ state: "done", erased: 9, chunks: 9, matched: 9 });
    expect(updates).toBe(9);
    expect(await countOf(service, "game-1")).toBe(18);
  });

  it.each([
    ["before", false],
    ["after", true],
  ])("ends with the right counts, whichever write it was killed %s", async (_, isLate) => {
    let isCut = true;
    let cutAt = 0;
    for (; isCut; cutAt++) {
      await using opened = await openFilled(3);
      const { fake, now, service } = opened;
      const { id } = await createTestErasing(fake, now).requests.erase("game-1", request);
      let writes = 0;
      const send: typeof fetch = async (url, init) => {
        const place = writes;
        writes += Number(isWrite(init));
        if (isLate && place === cutAt && isWrite(init)) await fake.fetch(url, init);
        if (writes > cutAt) throw new Error("the process is gone");
        return fake.fetch(url, init);
      };
      const killed = createTestErasing(fake, now, { fetch: send });
      await killed.workAs("request").catch(() => undefined);
      isCut = writes > cutAt;
      // Lambda invokes it again, as the same request.
      const second = createTestErasing(fake, now);
      await second.workAs("request");
      expect(second.events).toEqual([]);
      const report = await second.requests.erasure("game-1", id);
      expect(report).toMatchObject({ state: "done", erased: 3, chunks: 3, left: [] });
      expect(await countOf(service, "game-1")).toBe(6);
      expect(holding(fake, "p-1")).toEqual([]);
    }
    // Taking the turn, two writes for each chunk, then the report and what it was made of.
    expect(cutAt).toBeGreaterThan(8);
  });

  it("is done by one invocation at a time, and by the next one that is asked for", async () => {
    await using opened = await openFilled();
    const { fake, now } = opened;
    const erasing = createTestErasing(fake, now);
    const first = await erasing.requests.erase("game-1", request);
    const second = await erasing.requests.erase("game-1", {
      ...everything,
      filter: filterOf("player:p-2"),
    });
    await Promise.all(["a", "b", "c"].map(erasing.workAs));
    for (const { id } of [first, second])
      expect(await erasing.requests.erasure("game-1", id)).toMatchObject({
        state: "done",
        erased: 9,
      });
    expect(await erasing.records.isTurnFree("game-1")).toBe(true);
  });

  it("is begun again by whoever asks how far it is, unless somebody is at it", async () => {
    await using opened = await openFilled();
    const { fake, now, pass } = opened;
    const erasing = createTestErasing(fake, now);
    const { id } = await erasing.requests.erase("game-1", request);
    erasing.events.length = 0;
    await erasing.records.takeTurn("game-1", "killed", now() + 1000);
    expect(await erasing.requests.erasure("game-1", id)).toMatchObject({ state: "running" });
    expect(erasing.events).toEqual([]);
    pass(1000);
    await erasing.requests.erasure("game-1", id);
    expect(erasing.events).toEqual([{ eraseOf: "game-1" }]);
    await erasing.drain();
    expect(await erasing.requests.erasure("game-1", id)).toMatchObject({ state: "done" });
    expect(erasing.events).toEqual([]);
  });

  it("is kept though nobody can be invoked, and says so", async () => {
    await using opened = await openFilled();
    const { fake, now } = opened;
    const invoke = () => Promise.reject(new Error("denied"));
    const deaf = createTestErasing(fake, now, { invoke });
    await expect(deaf.requests.erase("game-1", request)).rejects.toThrow("denied");
    const [record] = await deaf.records.running("game-1");
    const report = await deaf.requests.erasure("game-1", record?.id ?? "");
    expect(report).toMatchObject({ state: "running" });
    expect(deaf.logged.join()).toContain("an erasure could not be begun again");
  });

  it("tells Lambda that it failed, after it has done the others, and does not go round in circles", async () => {
    await using opened = await openFilled();
    const { fake, now } = opened;
    const erasing = createTestErasing(fake, now);
    const broken = await erasing.requests.erase("game-1", request);
    const { filter: _, ...record } = (await erasing.records.get("game-1", broken.id)) ?? {};
    await erasing.records.put(record as Parameters<typeof erasing.records.put>[0]); // as no version writes it
    const { id } = await erasing.requests.erase("game-1", {
      ...everything,
      filter: filterOf("player:p-2"),
    });
    erasing.events.length = 0;
    await expect(erasing.workAs("a")).rejects.toMatchObject({ code: "INTERNAL" });
    expect(await erasing.requests.erasure("game-1", id)).toMatchObject({
      state: "done",
      erased: 9,
    });
    expect(await erasing.records.isTurnFree("game-1")).toBe(true);
    expect(erasing.events).toEqual([]);
  });

  it("ends though what matches goes on arriving", async () => {
    await using opened = await openFilled(2);
    const { fake, now, pass, service } = opened;
    let updates = 0;
    const send: typeof fetch = async (url, init) => {
      const isUpdate = new Headers(init?.headers).get("x-amz-target")?.endsWith("UpdateItem");
      const response = await fake.fetch(url, init);
      // For each chunk that is rewritten comes another one, five minutes later.
      const later = Array.from({ length: Number(isUpdate) }, () => 5 * 60_000);
      for (const ms of later) {
        pass(ms);
        updates += 1;
        await ingest(service, "game-1", [{ timestamp: fixedNow, player: 1 }]);
      }
      return response;
    };
    const erasing = createTestErasing(fake, now, { fetch: send });
    const { id } = await erasing.requests.erase("game-1", request);
    await erasing.drain();
    const report = await erasing.requests.erasure("game-1", id);
    expect(report).toMatchObject({ state: "done", erased: updates, matched: updates });
    expect(updates).toBeGreaterThan(4);
    expect(updates).toBeLessThan(12);
  });

  it("lets a tail go on in the middle of a chunk that it has begun", async () => {
    const fake = createFakeDynamo();
    const now = () => fixedNow;
    const store = createDynamoStore(createTestOptions({ fetch: fake.fetch, now }));
    await using service = createTestService({ store });
    const tail = (cursor: string | undefined, limit: number) =>
      service.tail("game-1", { filter: all, cursor, limit, bytesMax: 2 ** 20, parameters: {} });
    const start = await tail(undefined, 1);
    const players = [1, 0, 1, 2, 1, 3, 0, 1, 2];
    await ingest(
      service,
      "game-1",
      players.map((player) => ({ timestamp: fixedNow, player })),
    );
    const begun = await tail(start.nextCursor, 4);
    const erasing = createTestErasing(fake, now);
    await erasing.requests.erase("game-1", request);
    await erasing.drain();
    const rest = await tail(begun.nextCursor, 100);
    const messages = [...begun.lines, ...rest.lines].map((line) => JSON.parse(line).message);
    expect(messages).toEqual([
      ...players.slice(0, 4).map((player, index) => `player p-${player} did ${index}`),
      "player p-3 did 5",
      "player p-0 did 6",
      "player p-2 did 8",
    ]);
  });
});
