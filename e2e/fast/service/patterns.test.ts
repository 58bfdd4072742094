import { openChunk } from "@log-service/core";
import type { LogService, PatternsRequest } from "@log-service/core/service";
import { createMemoryStore } from "@log-service/stores/memory";
import { expect, it } from "vitest";
import { withChangedBytes } from "../../harness/changed-bytes.ts";
import { createTestService, fixedNow, leavingClient, ndjson } from "../../harness/service.ts";

const minuteMs = 60_000;
const minutes = 6;

const everything: PatternsRequest = {
  filter: { op: "all" },
  from: 0,
  to: 2 ** 48,
  top: 100,
  compareTo: undefined,
};

/** Sixty entries in each of six minutes: six chunks. */
const fill = async (service: LogService) => {
  for (let minute = 0; minute < minutes; minute++) {
    const entries = Array.from({ length: 60 }, (_, second) => ({
      severity: "info",
      message: `player p-${second} took ${minute / 4} ms`,
      timestamp: fixedNow - minute * minuteMs - (second % 10),
    }));
    await service.ingest("default", { body: ndjson(entries), format: "ndjson" });
  }
};

const pattern = "player <id> took <num> ms";

it("patterns leave a damaged chunk out, and say so", async () => {
  await using store = withChangedBytes(createMemoryStore(), (bytes) => {
    const isDamaged = openChunk(bytes).meta.maxTime === fixedNow;
    return isDamaged
      ? bytes.map((byte, at) => (at === bytes.length - 20 ? byte ^ 1 : byte))
      : bytes;
  });
  await using service = createTestService({ store });
  await fill(service);
  const answer = await service.patterns("default", everything);
  expect(answer.patterns).toMatchObject([{ pattern, count: (minutes - 1) * 60, share: 1 }]);
  expect(answer.warnings).toMatchObject([{ code: "CHUNK_CORRUPT" }]);
  expect(answer.isComplete).toBe(true);
});

it("patterns say when the budget ran out, and count the newest part", async () => {
  await using store = createMemoryStore();
  await using service = createTestService({ store, searchBudget: { timeMs: -1, bytes: 0 } });
  await fill(service);
  const answer = await service.patterns("default", {
    ...everything,
    compareTo: { from: 0, to: 2 ** 48 },
  });
  expect(answer.isComplete).toBe(false);
  expect(answer.warnings).toMatchObject([{ code: "BUDGET_SPENT" }]);
  expect(answer.patterns).toMatchObject([{ pattern, count: 60, lastSeen: fixedNow }]);
});

it("patterns whose client went away stop between two chunks", async () => {
  let chunksRead = 0;
  await using store = withChangedBytes(createMemoryStore(), (bytes) => {
    chunksRead++;
    return bytes;
  });
  const { signal, ...client } = leavingClient(() => chunksRead > 0);
  await using service = createTestService({ store, ...client });
  await fill(service);
  const answer = service.patterns("default", { ...everything, signal });
  await expect(answer).rejects.toThrow("the client went away");
  expect(chunksRead).toBeLessThan(minutes);
});

it("patterns are never those of another tenant", async () => {
  await using store = createMemoryStore();
  await using service = createTestService({ store });
  await fill(service);
  expect(await service.patterns("other", everything)).toMatchObject({ patterns: [], total: 0 });
});
