import { all } from "@log-service/query";
import { createDynamoStore } from "@log-service/stores/dynamodb";
import { expect, it } from "vitest";
import { createFakeDynamo } from "../../../packages/stores/src/dynamodb/test/fake-dynamodb.ts";
import { createTestService, fixedNow, ndjson } from "../../harness/service.ts";

/** Entries of four minutes: a batch of as many chunks. */
const entries = Array.from({ length: 40 }, (_, index) => ({
  severity: "info",
  message: `entry ${index}`,
  timestamp: fixedNow - (index % 4) * 60_000,
}));

const createService = (send: typeof fetch, deadlineMs?: number) =>
  createTestService({
    store: createDynamoStore({
      table: "chunks",
      region: "eu-west-1",
      endpoint: "http://dynamodb.test",
      credentials: () => ({ accessKeyId: "id", secretAccessKey: "secret" }),
      fetch: send,
      deadlineMs,
    }),
  });

const batch = { body: ndjson(entries), format: "ndjson", idempotencyKey: "batch-1" } as const;

it.each([1, 2, 3])(
  "stores a batch once that was cut off after %d of its chunks",
  async (chunks) => {
    const fake = createFakeDynamo();
    let written = 0;
    const dying: typeof fetch = async (url, init) => {
      const isChunk = /"pk":\{"S":"game#\d/.test(String(init?.body));
      written += isChunk ? 1 : 0;
      if (isChunk && written > chunks) throw new Error("killed");
      return fake.fetch(url, init);
    };
    await expect(createService(dying, 1).ingest("game", batch)).rejects.toThrow();
    const repeats = await Promise.all([
      createService(fake.fetch).ingest("game", batch),
      createService(fake.fetch).ingest("game", batch),
    ]);
    for (const { accepted } of repeats) expect(accepted).toBe(entries.length);
    const page = await createService(fake.fetch).search("game", {
      filter: all,
      from: 0,
      to: Number.MAX_SAFE_INTEGER,
      order: "newest",
      limit: 1000,
      parameters: {},
    });
    const messages = page.lines.map((line): string => JSON.parse(line).message);
    expect(messages.toSorted()).toEqual(entries.map(({ message }) => message).toSorted());
  },
);
