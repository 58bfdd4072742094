import { expect, it } from "vitest";
import { failure } from "../../../packages/stores/src/dynamodb/test/fake-dynamodb.ts";
import { openAgeingDynamo } from "../../harness/compaction.ts";
import { createTestErasing } from "../../harness/erasing.ts";
import { countOf, everything, filterOf, ingest } from "../../harness/erasure.ts";
import { createTestService, fixedNow } from "../../harness/service.ts";

const request = { ...everything, filter: filterOf("player:p-1") };

/** An erasure of one entry of two, in a table that refuses so many updates. */
const openRefusing = async (name: string, refusals: number) => {
  const opened = await openAgeingDynamo();
  const service = createTestService({ store: opened.store });
  const players = [0, 1].map((player) => ({ timestamp: fixedNow, player }));
  await ingest(service, "game-1", players);
  const erasing = createTestErasing(opened.fake, opened.now);
  const { id } = await erasing.requests.erase("game-1", request);
  erasing.events.length = 0;
  let updates = 0;
  opened.fake.intercept((action) => {
    updates += Number(action === "UpdateItem");
    return action === "UpdateItem" && updates <= refusals ? failure(name) : undefined;
  });
  const report = () => erasing.requests.erasure("game-1", id);
  const close = async () => {
    await service[Symbol.asyncDispose]();
    await opened[Symbol.asyncDispose]();
  };
  return { service, erasing, report, [Symbol.asyncDispose]: close };
};

it("an erasure outlasts a table that takes nothing for longer than a call is tried", async () => {
  await using opened = await openRefusing("ThrottlingException", 100);
  const { erasing, report, service } = opened;
  await erasing.workAs("a");
  expect(await report()).toMatchObject({ state: "done", erased: 1, matched: 1, chunks: 1 });
  expect(await countOf(service, "game-1")).toBe(1);
  const pauses = erasing.logged.map((line) => JSON.parse(line).pauseMs).filter(Boolean);
  expect(pauses.length).toBeGreaterThan(1);
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
});

it("an erasure that may never be done fails when it has tried for nine minutes, and goes on when it may", async () => {
  await using opened = await openRefusing("AccessDeniedException", 8);
  const { erasing, report } = opened;
  await expect(erasing.workAs("a")).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  const pauses = erasing.logged.map((line) => JSON.parse(line).pauseMs ?? 0);
  expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBe(555_000);
  expect(await erasing.records.isTurnFree("game-1")).toBe(true);
  await erasing.workAs("a");
  expect(await report()).toMatchObject({ state: "done", erased: 1, matched: 1, chunks: 1 });
});
