import { expect, it } from "vitest";
import { createTestChunks, someTime } from "../conformance/chunks.ts";
import { describeConformance } from "../conformance/index.ts";
import { leftOf } from "../conformance/rewrite-cases.ts";
import { idsOf, readAll } from "../conformance/test-store.ts";
import { createDynamoStore } from "./dynamodb-store.ts";
import { createFakeDynamo, failure } from "./test/fake-dynamodb.ts";
import { createTestClock, createTestOptions } from "./test/test-options.ts";

/** Answers two of three requests itself, with what may be in front of a table that is in trouble. */
const createTroubled = () => {
  const fake = createFakeDynamo();
  const faults = [
    () => failure("ThrottlingException", { ThrottlingReasons: [{ reason: "TableWriteMax" }] }),
    () => failure("ProvisionedThroughputExceededException"),
  ];
  let requests = 0;
  fake.intercept(() => faults[requests++ % 3]?.());
  return fake;
};

describeConformance(
  "dynamodb, throttled two times of three",
  async () => {
    const { fetch } = createTroubled();
    const clock = createTestClock();
    const { now } = clock;
    const store = createDynamoStore(createTestOptions({ fetch, deadlineMs: 1e9, now }));
    return { store, clock, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
  },
  { modelRuns: 20, arrivals: "bounded", canReplace: false, canRewrite: true },
);

/** Lets every request take effect, and loses the answer to all but each third. */
const createForgetful = () => {
  const fake = createFakeDynamo();
  let requests = 0;
  const lossy: typeof fetch = async (url, init) => {
    const response = await fake.fetch(url, init);
    requests += 1;
    if (requests % 3 === 1) throw new TypeError("the connection was reset");
    if (requests % 3 === 2) return new Response("{}", { status: 500 });
    return response;
  };
  return createDynamoStore(createTestOptions({ fetch: lossy, deadlineMs: 1e9 }));
};

it("stores each chunk once, as its own, when the answers to its puts are lost", async () => {
  const store = createForgetful();
  const chunks = createTestChunks(50, (index) => ({
    maxTime: someTime + index,
    digest: ["0123456789abcdef", undefined][index % 2],
  }));
  expect(await store.put(chunks)).toEqual(chunks.map(() => "stored"));
  const found = await readAll(store, { tenant: "a", order: "oldest" });
  expect(idsOf(found)).toEqual(idsOf(chunks));
});

it("knows what it has rewritten itself when the answer to that is lost", async () => {
  const store = createForgetful();
  const chunks = createTestChunks(6, (index) => ({ maxTime: someTime + index, count: 4 }));
  await store.put(chunks);
  for (const [index, { meta: old }] of chunks.entries()) {
    const left = [leftOf(old, { first: 1, last: 1 }), undefined][index % 2];
    expect(await store.rewrite({ tenant: "a", old, chunk: left })).toBe("replaced");
  }
  const found = await readAll(store, { tenant: "a" });
  expect(found.map(({ meta }) => meta.count)).toEqual([2, 2, 2]);
});

it("returns the caller's own reservation when the answer to it was lost", async () => {
  const store = createForgetful();
  const reservation = { tenant: "a", key: "k", value: "mine", now: 1000, expiresAt: 2000 };
  expect(await store.reserve(reservation)).toBe("mine");
  expect(await store.reserve({ ...reservation, value: "other" })).toBe("mine");
});

it("reports an item that it did not write, and yields the rest", async () => {
  const fake = createFakeDynamo();
  const store = createDynamoStore(createTestOptions({ fetch: fake.fetch }));
  const chunks = createTestChunks(5, (index) => ({ maxTime: someTime + index }));
  await store.put(chunks);
  const items = fake.items.get("chunks") as Map<string, object>; // the fake's own map
  const [key] = [...items].at(2) ?? [];
  items.set(key ?? "", { ...items.get(key ?? ""), meta: { B: "gICAgICA" } });
  const damages: string[] = [];
  const onDamage = ({ part }: { part: string }) => damages.push(part);
  const found = await readAll(store, { tenant: "a", order: "oldest", onDamage });
  expect(idsOf(found)).toEqual(idsOf(chunks.toSpliced(2, 1)));
  expect(damages).toEqual([`the chunk ${chunks[2]?.meta.id}`]);
  const looking = store.get("a", chunks[2]?.meta.id ?? "");
  await expect(looking).rejects.toMatchObject({ code: "CHUNK_CORRUPT" });
});
