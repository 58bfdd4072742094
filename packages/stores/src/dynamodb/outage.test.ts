import { expect, it } from "vitest";
import { createTestChunks, someTime } from "../conformance/chunks.ts";
import { idsOf, readAll } from "../conformance/test-store.ts";
import { createDynamoStore } from "./dynamodb-store.ts";
import { createFakeDynamo, failure } from "./test/fake-dynamodb.ts";
import { createTestOptions } from "./test/test-options.ts";

it.each([
  ["the whole table", () => failure("ThrottlingException")],
  [
    "every key range",
    () =>
      failure("ThrottlingException", {
        ThrottlingReasons: [{ reason: "TableWriteKeyRangeThroughputExceeded" }],
      }),
  ],
])("loses nothing that it acknowledged while %s throttles for 30 seconds", async (_, throttle) => {
  const fake = createFakeDynamo();
  const options = createTestOptions({ fetch: fake.fetch });
  const uptimeMs = options.uptimeMs!;
  const outage = { from: 5_000, to: 35_000 };
  fake.intercept(() =>
    uptimeMs() >= outage.from && uptimeMs() < outage.to ? throttle() : undefined,
  );
  const store = createDynamoStore(options);
  const chunks = createTestChunks(60, (index) => ({ maxTime: someTime + index }));
  const acknowledged = new Set<string>();
  const refused = new Set<string>();
  for (const chunk of chunks) {
    await options.wait!(1000, undefined);
    await store.put([chunk]).then(
      () => acknowledged.add(chunk.meta.id),
      (error) => {
        expect(error).toMatchObject({ code: "STORE_BUSY", retryAfterMs: expect.any(Number) });
        refused.add(chunk.meta.id);
      },
    );
  }
  expect(refused.size).toBeGreaterThan(0);
  const stored = () => readAll(store, { tenant: "a", order: "oldest" });
  expect(idsOf(await stored())).toEqual([...acknowledged]);
  for (const chunk of chunks.filter(({ meta }) => refused.has(meta.id))) await store.put([chunk]);
  expect(idsOf(await stored())).toEqual(idsOf(chunks));
});
