import { createDynamoUsage } from "@log-service/stores/dynamodb";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeUsageStore } from "../../packages/stores/src/conformance/usage-cases.ts";
import { type DynamoLocal, startDynamoLocal } from "../harness/aws/dynamodb-local.ts";

let dynamo: DynamoLocal;
let tables = 0;

beforeAll(async () => {
  dynamo = await startDynamoLocal();
});

afterAll(() => dynamo[Symbol.asyncDispose]());

const open = async () => {
  tables += 1;
  const table = `usage-${tables}`;
  await dynamo.createTable(table, "B");
  return createDynamoUsage({
    table,
    region: "eu-west-1",
    endpoint: dynamo.endpoint,
    credentials: () => ({ accessKeyId: "local", secretAccessKey: "local" }),
    // What is added is not added twice when the emulator is slow to say so.
    attemptMs: 60_000,
    deadlineMs: 60_000,
  });
};

describeUsageStore("DynamoDB Local", async () => ({
  store: await open(),
  [Symbol.asyncDispose]: async () => undefined,
}));

it("takes as many services in one update as are told apart in a day", async () => {
  const store = await open();
  const row = { tenant: "a", day: "2026-11-22", entries: 1, bytes: 2 };
  const names = Array.from({ length: 100 }, (_, number) => `=${"s".repeat(196)}${number}`);
  const rows = [...names, "*"].map((slot) => ({ ...row, slot }));
  await store.add(rows);
  await store.add(rows);
  const found = await store.readAsWriter("a", row.day);
  expect(found.filter(({ entries }) => entries === 2)).toHaveLength(101);
});
