import { expect, it } from "vitest";
import { describeUsageStore } from "../conformance/usage-cases.ts";
import { createFakeDynamo, failure } from "./test/fake-dynamodb.ts";
import { createTestOptions } from "./test/test-options.ts";
import { createDynamoUsage } from "./usage.ts";

const createTest = () => {
  const fake = createFakeDynamo();
  return { fake, store: createDynamoUsage(createTestOptions({ fetch: fake.fetch })) };
};

describeUsageStore("DynamoDB", async () => ({
  store: createTest().store,
  [Symbol.asyncDispose]: async () => undefined,
}));

const row = { tenant: "a", day: "2026-11-22", slot: "=gateway", entries: 1, bytes: 2 };

it("writes one item for each tenant and day, which expires after 400 days", async () => {
  const { store, fake } = createTest();
  await store.add([row, { ...row, slot: "" }, { ...row, tenant: "b" }]);
  expect(fake.actions).toEqual(["UpdateItem", "UpdateItem"]);
  const items = [...(fake.items.get("chunks")?.values() ?? [])];
  expect(items.map((item) => item.expiresAt)).toEqual(
    items.map(() => ({ N: String(Date.UTC(2027, 11, 27) / 1000) })),
  );
});

it("says what is left when it was refused in the middle, and rejects when nothing was added", async () => {
  const fake = createFakeDynamo();
  let allowed = 1;
  const store = createDynamoUsage(
    createTestOptions({
      fetch: async (...request) => {
        allowed -= 1;
        return allowed >= 0 ? fake.fetch(...request) : failure("AccessDeniedException");
      },
    }),
  );
  const other = { ...row, tenant: "b" };
  expect(await store.add([row, other, { ...row, slot: "" }])).toEqual([other]);
  await expect(store.add([other])).rejects.toThrow();
  allowed = 3;
  expect(await store.add([other])).toEqual([]);
  expect(await store.read("a", row.day, row.day)).toHaveLength(2);
  expect(await store.read("b", row.day, row.day)).toEqual([other]);
});

it("reads a day with the right to update alone", async () => {
  const { store, fake } = createTest();
  expect(await store.readAsWriter("a", row.day)).toEqual([]);
  await store.add([row]);
  expect(await store.readAsWriter("a", row.day)).toEqual([row]);
  expect(new Set(fake.actions)).toEqual(new Set(["UpdateItem"]));
});
