import { expect, it } from "vitest";
import { createTestChunks, someTime } from "../conformance/chunks.ts";
import { leftOf } from "../conformance/rewrite-cases.ts";
import { idsOf, readAll } from "../conformance/test-store.ts";
import { createDynamoStore } from "./dynamodb-store.ts";
import { homeShard } from "./shards.ts";
import { createFakeDynamo, failure, type Input } from "./test/fake-dynamodb.ts";
import { createTestOptions } from "./test/test-options.ts";

const hot = () =>
  failure("ThrottlingException", {
    ThrottlingReasons: [{ reason: "TableWriteKeyRangeThroughputExceeded" }],
  });

const partitionOf = (input: Input): string => JSON.stringify(input.Item?.pk);

/** A table whose given partitions take no chunk. */
const createHotTable = (...partitions: readonly string[]) => {
  const fake = createFakeDynamo();
  fake.intercept((action, input) =>
    action === "PutItem" && partitions.some((one) => partitionOf(input).includes(`"${one}"`))
      ? hot()
      : undefined,
  );
  const open = () => createDynamoStore(createTestOptions({ fetch: fake.fetch }));
  const partitionsInUse = () =>
    [...(fake.items.get("chunks")?.values() ?? [])].map((item) => Object.values(item.pk ?? {})[0]);
  return { fake, open, partitionsInUse };
};

const chunks = createTestChunks(40, (index) => ({ maxTime: someTime + index * 7, ordinal: index }));

it("writes to another shard when one takes no more, and readers find both", async () => {
  const table = createHotTable("a#0");
  const writer = table.open();
  expect(await writer.put(chunks)).toEqual(chunks.map(() => "stored"));
  expect(new Set(table.partitionsInUse())).toEqual(new Set(["a#marks", "a#1"]));
  table.fake.intercept(() => undefined);
  const before = createTestChunks(5, (index) => ({ seed: 900 + index, maxTime: someTime - index }));
  const fresh = table.open();
  await fresh.put(before);
  for (const order of ["newest", "oldest"] as const) {
    const found = await readAll(table.open(), { tenant: "a", order });
    expect(idsOf(found).toSorted()).toEqual(idsOf([...chunks, ...before]).toSorted());
    expect(found.map(({ meta }) => meta.maxTime)).toEqual(
      found
        .map(({ meta }) => meta.maxTime)
        .toSorted((a, b) => (order === "newest" ? b - a : a - b)),
    );
  }
  for (const { meta } of [...chunks, ...before])
    expect((await table.open().get("a", meta.id))?.meta).toEqual(meta);
});

it("raises the number of shards once, however many writers meet the same throttle", async () => {
  const table = createHotTable("a#0");
  const writers = Array.from({ length: 8 }, table.open);
  await Promise.all(
    writers.map((writer, index) => writer.put(chunks.slice(index * 5, index * 5 + 5))),
  );
  const items = [...(table.fake.items.get("chunks")?.values() ?? [])];
  const marks = items.filter((item) => item.madeAt).map((item) => item.sk);
  expect(marks).toEqual([{ B: Buffer.from([1, 1]).toString("base64") }]);
  expect(await readAll(table.open(), { tenant: "a" })).toHaveLength(40);
});

it("yields a chunk once that was stored in two shards", async () => {
  const table = createHotTable();
  const isFirst = new Set<string>();
  table.fake.intercept((action, input) => {
    if (action !== "PutItem" || isFirst.has(partitionOf(input))) return undefined;
    isFirst.add(partitionOf(input));
    return undefined;
  });
  await table.open().put(chunks);
  table.fake.intercept((action, input) =>
    action === "PutItem" && partitionOf(input).includes('"a#0"') ? hot() : undefined,
  );
  await table.open().put(chunks);
  table.fake.intercept(() => undefined);
  const found = await readAll(table.open(), { tenant: "a", order: "newest" });
  expect(idsOf(found)).toEqual(idsOf(chunks.toReversed()));
  const middle = found[20];
  const rest = await readAll(table.open(), { tenant: "a", startAt: middle?.position });
  expect(idsOf(rest)).toEqual(idsOf(found.slice(20)));
});

it("gives up with STORE_BUSY when every shard is hot to the end, and loses nothing it acknowledged", async () => {
  const table = createHotTable(...Array.from({ length: 64 }, (_, shard) => `a#${shard}`));
  await expect(table.open().put(chunks.slice(0, 1))).rejects.toMatchObject({ code: "STORE_BUSY" });
  expect(await readAll(table.open(), { tenant: "a" })).toEqual([]);
});

it("spreads chunks evenly over the shards", () => {
  const counts = new Map<number, number>();
  for (let index = 0; index < 6400; index++) {
    const low = Math.imul(index + 1, 2_654_435_761) >>> 4;
    const [chunk] = createTestChunks(1, () => ({ seed: low, ordinal: index % 64 }));
    const shard = homeShard(chunk?.meta.id ?? "", 64);
    counts.set(shard, (counts.get(shard) ?? 0) + 1);
  }
  expect(counts.size).toBe(64);
  expect(Math.max(...counts.values())).toBeLessThan(200);
});

/** A table with a chunk of four entries in each of two shards, as two writers leave it of which one knows of one shard only. */
const createDoubled = async () => {
  const table = createHotTable();
  const isFirst = new Set<string>();
  table.fake.intercept((action, input) => {
    if (action !== "PutItem" || isFirst.has(partitionOf(input))) return undefined;
    isFirst.add(partitionOf(input));
    return partitionOf(input).includes("#0") ? hot() : undefined;
  });
  const [chunk] = createTestChunks(1, () => ({ maxTime: someTime, count: 4 }));
  await table.open().put([chunk!]);
  await table.open().put([chunk!]);
  expect(table.partitionsInUse().toSorted()).toEqual(["a#0", "a#1", "a#marks"]);
  /** How many items hold the bytes. */
  const heldTimes = (bytes: Uint8Array) =>
    JSON.stringify([...table.fake.items.get("chunks")!.values()]).split(
      Buffer.from(bytes).toString("base64"),
    ).length - 1;
  return { table, chunk: chunk!, heldTimes };
};

it("writes what is left over each of a chunk's copies, in whatever shards", async () => {
  const { table, chunk, heldTimes } = await createDoubled();
  const left = leftOf(chunk.meta, { first: 3 });
  const rewrite = { tenant: "a", old: chunk.meta, chunk: left };
  expect(await table.open().rewrite(rewrite)).toBe("replaced");
  expect([heldTimes(chunk.bytes), heldTimes(left.bytes)]).toEqual([0, 2]);
  expect(await readAll(table.open(), { tenant: "a" })).toHaveLength(1);
});

it.each([0, 1])(
  "yields the whole copy while only that in shard %i has been rewritten",
  async (shard) => {
    const { table, chunk, heldTimes } = await createDoubled();
    const isOther = ({ Key }: Input) => JSON.stringify(Key?.pk) !== `{"S":"a#${shard}"}`;
    table.fake.intercept((action, input) =>
      action === "UpdateItem" && isOther(input) ? failure("AccessDeniedException") : undefined,
    );
    const rewrite = { tenant: "a", old: chunk.meta, chunk: undefined };
    await expect(table.open().rewrite(rewrite)).rejects.toThrow();
    expect(heldTimes(chunk.bytes)).toBe(1);
    table.fake.intercept(() => undefined);
    for (const order of ["newest", "oldest"] as const) {
      const found = await readAll(table.open(), { tenant: "a", order });
      expect(found.map(({ meta }) => meta)).toEqual([chunk.meta]);
    }
    expect(await table.open().rewrite(rewrite)).toBe("replaced");
    expect(heldTimes(chunk.bytes)).toBe(0);
    expect(await readAll(table.open(), { tenant: "a" })).toEqual([]);
  },
);
