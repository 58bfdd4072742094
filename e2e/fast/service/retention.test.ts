import { all } from "@log-service/query";
import { createMemoryStore } from "@log-service/stores/memory";
import { expect, it } from "vitest";
import { createTestService, fixedNow, ndjson } from "../../harness/service.ts";

const dayMs = 86_400_000;
const everything = {
  filter: all,
  from: 0,
  to: Number.MAX_SAFE_INTEGER,
  order: "newest",
  limit: 10,
  parameters: {},
} as const;

const create = () => {
  let now = fixedNow;
  const service = createTestService({
    store: createMemoryStore(),
    now: () => now,
    retention: { ms: 30 * dayMs, setting: "LOG_SERVICE_RETENTION_DAYS=30" },
  });
  const post = (timestamp: number) =>
    service.ingest("a", {
      body: ndjson([{ severity: "info", message: "m", timestamp }]),
      format: "ndjson",
    });
  const pass = (ms: number) => {
    now += ms;
  };
  return { service, post, pass };
};

it("refuses an entry that is older than the retention, and names the setting", async () => {
  const { post } = create();
  expect(await post(fixedNow - 30 * dayMs)).toMatchObject({ accepted: 1 });
  expect(await post(fixedNow - 30 * dayMs - 1)).toMatchObject({
    accepted: 0,
    rejected: [
      {
        problems: [
          {
            code: "TIMESTAMP_TOO_OLD",
            message: expect.stringContaining("LOG_SERVICE_RETENTION_DAYS=30"),
          },
        ],
      },
    ],
  });
});

it("finds an entry as long as the retention says, whatever the store still holds", async () => {
  const { service, post, pass } = create();
  await post(fixedNow);
  const { lines } = await service.search("a", everything);
  const { logId }: { logId: string } = JSON.parse(lines[0] ?? "");
  pass(30 * dayMs);
  expect((await service.search("a", everything)).lines).toHaveLength(1);
  expect(await service.get("a", logId)).toBe(lines[0]);
  pass(1);
  expect((await service.search("a", everything)).lines).toEqual([]);
  await expect(service.get("a", logId)).rejects.toMatchObject({ code: "ENTRY_NOT_FOUND" });
});
