import { createDynamoClient, type Item } from "@log-service/stores/dynamodb";
import { expect, it } from "vitest";
import { createApiKey } from "../../access/api-key.ts";
import { createKeyTable, fromKeyItem, toKeyItem } from "./key-table.ts";

const { record } = createApiKey({
  tenant: "studio",
  scopes: ["ingest", "read"],
  createdAt: 1000,
  expiresAt: 2000,
});

const create = () => {
  const items = new Map<string, Item>([[record.id, toKeyItem(record)]]);
  const asked: string[] = [];
  let now = 0;
  const send: typeof fetch = async (_, init) => {
    const id: string = JSON.parse(String(init?.body)).Key.pk.S;
    asked.push(id);
    return Response.json({ Item: items.get(id) });
  };
  const client = createDynamoClient({
    region: "eu-west-1",
    credentials: () => ({ accessKeyId: "a", secretAccessKey: "b" }),
    fetch: send,
  });
  const keys = createKeyTable({ client, table: "keys", now: () => now });
  const pass = (ms: number) => {
    now += ms;
  };
  return { keys, items, asked, pass };
};

it("keeps a key in an item as it is", () => {
  expect(fromKeyItem(toKeyItem(record))).toEqual(record);
  const { expiresAt: _, ...lasting } = record;
  expect(fromKeyItem(toKeyItem(lasting))).toEqual({ ...lasting, expiresAt: undefined });
});

it("asks for a key once a minute, found or not", async () => {
  const { keys, asked, pass } = create();
  expect(await keys.find(record.id)).toEqual(record);
  expect(await keys.find("unknown")).toBeUndefined();
  pass(59_999);
  await keys.find(record.id);
  await keys.find("unknown");
  expect(asked).toEqual([record.id, "unknown"]);
  pass(1);
  await keys.find(record.id);
  expect(asked).toHaveLength(3);
});

it("stops knowing a key a minute after it was revoked", async () => {
  const { keys, items, pass } = create();
  await keys.find(record.id);
  items.clear();
  expect(await keys.find(record.id)).toEqual(record);
  pass(60_000);
  expect(await keys.find(record.id)).toBeUndefined();
});

it("does not grow with what is asked for", async () => {
  const { keys, asked } = create();
  for (let id = 0; id < 1001; id++) await keys.find(`unknown-${id}`);
  await keys.find("unknown-1000");
  expect(asked).toHaveLength(1001);
  await keys.find("unknown-0");
  expect(asked).toHaveLength(1002);
});
