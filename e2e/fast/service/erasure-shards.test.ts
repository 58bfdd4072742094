import { createDynamoStore } from "@log-service/stores/dynamodb";
import { expect, it } from "vitest";
import { failure } from "../../../packages/stores/src/dynamodb/test/fake-dynamodb.ts";
import { createTestOptions } from "../../../packages/stores/src/dynamodb/test/test-options.ts";
import { openAgeingDynamo } from "../../harness/compaction.ts";
import { createTestErasing, holding } from "../../harness/erasing.ts";
import { countOf, everything, filterOf } from "../../harness/erasure.ts";
import { createTestService, fixedNow, ndjson } from "../../harness/service.ts";

const request = { ...everything, filter: filterOf("Zaphod") };

/** A table with the same chunk in two shards, as two writers leave it of which one knows of one shard only. */
const openDoubled = async () => {
  const opened = await openAgeingDynamo();
  const { fake, now } = opened;
  const reply = failure("ThrottlingException", {
    ThrottlingReasons: [{ reason: "TableWriteKeyRangeThroughputExceeded" }],
  });
  const hot = new Set(["PutItem game-1#0"]);
  fake.intercept((action, { Item: item }) =>
    hot.delete(`${action} ${Object.values(item?.pk ?? {})}`) ? reply : undefined,
  );
  const entries = ["Arthur came", "Zaphod left", "Marvin stays"].map((message) => ({
    severity: "info",
    message,
    timestamp: fixedNow,
  }));
  for (let writer = 0; writer < 2; writer++) {
    const store = createDynamoStore(createTestOptions({ fetch: fake.fetch, now }));
    await using service = createTestService({ store });
    await service.ingest("game-1", {
      body: ndjson(entries),
      format: "ndjson",
      idempotencyKey: "the-same-batch",
    });
  }
  return opened;
};

it.each([0, 1])(
  "an erasure counts once what lies in two shards, when it was killed after it had rewritten that in shard %i",
  async (shard) => {
    await using opened = await openDoubled();
    const { fake, now, store } = opened;
    const held = () => holding(fake, "Zaphod").filter((key) => /^game-1#\d /.test(key));
    expect(held()).toHaveLength(2);
    const { id } = await createTestErasing(fake, now).requests.erase("game-1", request);
    const send: typeof fetch = async (url, init) => {
      const isUpdate = new Headers(init?.headers).get("x-amz-target")?.endsWith("UpdateItem");
      if (isUpdate && !String(init?.body).includes(`"game-1#${shard}"`))
        throw new Error("the process is gone");
      return fake.fetch(url, init);
    };
    const killed = createTestErasing(fake, now, { fetch: send });
    await expect(killed.workAs("a")).rejects.toThrow();
    expect(held()).toEqual([expect.stringContaining(`game-1#${1 - shard} `)]);
    // Lambda invokes it again, as the same request.
    const second = createTestErasing(fake, now);
    await second.workAs("a");
    const report = await second.requests.erasure("game-1", id);
    expect(report).toMatchObject({ state: "done", erased: 1, matched: 1, chunks: 1, left: [] });
    expect(holding(fake, "Zaphod")).toEqual([]);
    await using service = createTestService({ store });
    expect(await countOf(service, "game-1")).toBe(2);
  },
);
