import type { AttributeValue, DynamoClient, Item } from "@log-service/stores/dynamodb";
import { type KeySource, scopes } from "../../access/access.ts";
import type { KeyRecord } from "../../access/api-key.ts";

/** How long a key that was revoked may go on working, and a new one may not work yet. */
const keptMs = 60_000;

/** Ids that are asked for without being there must not grow the memory. */
const keptMax = 1000;

const textOf = (value: AttributeValue | undefined): string =>
  value && "S" in value ? value.S : "";

const numberOf = (value: AttributeValue | undefined): number | undefined =>
  value && "N" in value ? Number(value.N) : undefined;

/** A key as an item of the keys' table. Times are in milliseconds since 1970. */
export const toKeyItem = (record: KeyRecord): Item => ({
  pk: { S: record.id },
  secretHash: { S: record.secretHash },
  tenant: { S: record.tenant },
  scopes: { S: record.scopes.join(",") },
  createdAt: { N: String(record.createdAt) },
  ...(record.expiresAt !== undefined && { validUntil: { N: String(record.expiresAt) } }),
  ...(record.rate !== undefined && { rate: { S: JSON.stringify(record.rate) } }),
});

export const fromKeyItem = (item: Item): KeyRecord => {
  const granted = textOf(item.scopes).split(",");
  return {
    id: textOf(item.pk),
    secretHash: textOf(item.secretHash),
    tenant: textOf(item.tenant),
    scopes: scopes.filter((scope) => granted.includes(scope)),
    createdAt: numberOf(item.createdAt) ?? 0,
    expiresAt: numberOf(item.validUntil),
    ...(item.rate !== undefined && { rate: JSON.parse(textOf(item.rate)) }),
  };
};

interface Kept {
  readonly record: KeyRecord | undefined;
  readonly at: number;
}

interface KeyTableDeps {
  readonly client: DynamoClient;
  readonly table: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** API keys in a table, of which a function may only get one by its id. What is found, or not, is kept for a minute. */
export const createKeyTable = ({ client, table, now }: KeyTableDeps): KeySource => {
  const kept = new Map<string, Kept>();
  const read = async (id: string): Promise<KeyRecord | undefined> => {
    const input = { TableName: table, Key: { pk: { S: id } }, ConsistentRead: true };
    const outcome = await client.call("GetItem", input);
    const item = outcome.kind === "done" ? outcome.answer.Item : undefined;
    return item && fromKeyItem(item);
  };
  return {
    find: async (id) => {
      const found = kept.get(id);
      if (found !== undefined && now() - found.at < keptMs) return found.record;
      const record = await read(id);
      kept.delete(id);
      kept.set(id, { record, at: now() });
      const [oldest] = kept.keys();
      if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest);
      return record;
    },
    // Without a key nobody comes in, so that it does not matter.
    isEmpty: async () => false,
  };
};
