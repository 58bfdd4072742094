import { Buffer } from "node:buffer";
import { idToBytes } from "@log-service/core";
import type { ErasureRecord, TenantErasureStore } from "@log-service/core/service";
import type { Item } from "./answer.ts";
import { createDynamoClient, type DynamoClientOptions } from "./client.ts";
import { alone, bytesValue, expiry, numberOf, numberValue } from "./items.ts";

export interface DynamoErasuresOptions extends DynamoClientOptions {
  /** The table of the chunks; erasures have partitions of their own there. */
  readonly table: string;
}

/** Erasures in the table of the chunks, as `docs/formats/dynamodb.md` says. Their ids are UUIDs. */
export interface DynamoErasureStore extends TenantErasureStore {
  /**
   * Takes the turn to do a tenant's erasures, until a time in milliseconds since 1970; false while another holder has it. Who
   * holds it already keeps it: the same invocation, begun again.
   */
  takeTurn(tenant: string, holder: string, until: number): Promise<boolean>;
  /** Whether nobody does the tenant's erasures now. */
  isTurnFree(tenant: string): Promise<boolean>;
  /** Gives the turn back, if the holder still has it. */
  endTurn(tenant: string, holder: string): Promise<void>;
}

/** How long a report can be looked up when its erasure has ended. */
const keptMs = 400 * 86_400_000;

/** DynamoDB clears away what a holder left behind who was killed. */
const turnKeptMs = 86_400_000;

const isUuid = (id: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(id);

/** Those that are running lie apart: there are few, and they alone are ever listed and deleted. */
const runningPartition = (tenant: string) => ({ S: `${tenant}#erasing` });
const runningKey = (tenant: string, id: string): Item => ({
  pk: runningPartition(tenant),
  sk: bytesValue(idToBytes(id)),
});
const endedKey = (tenant: string, id: string): Item => ({
  pk: { S: `${tenant}#erased` },
  sk: bytesValue(idToBytes(id)),
});

/** One byte: no id is so short. */
const turnKey = (tenant: string): Item => ({ pk: runningPartition(tenant), sk: alone });

const fromItem = (item: Item | undefined): ErasureRecord | undefined =>
  item?.record && "S" in item.record ? (JSON.parse(item.record.S) as ErasureRecord) : undefined; // written by `put`

/** Takes and gives back turns. */
const createTurns = (
  client: ReturnType<typeof createDynamoClient>,
  TableName: string,
): Pick<DynamoErasureStore, "takeTurn" | "isTurnFree" | "endTurn"> => ({
  takeTurn: async (tenant, holder, until) => {
    const outcome = await client.call("PutItem", {
      TableName,
      Item: {
        ...turnKey(tenant),
        holder: { S: holder },
        heldUntil: numberValue(until),
        ...expiry(until + turnKeptMs),
      },
      ConditionExpression: "attribute_not_exists(pk) OR heldUntil <= :now OR holder = :holder",
      ExpressionAttributeValues: { ":now": numberValue(client.now()), ":holder": { S: holder } },
    });
    return outcome.kind === "done";
  },
  isTurnFree: async (tenant) => {
    const input = { TableName, Key: turnKey(tenant), ConsistentRead: true };
    const outcome = await client.call("GetItem", input);
    const turn = outcome.kind === "done" ? outcome.answer.Item : undefined;
    return turn === undefined || numberOf(turn.heldUntil) <= client.now();
  },
  endTurn: async (tenant, holder) => {
    await client.call("DeleteItem", {
      TableName,
      Key: turnKey(tenant),
      ConditionExpression: "holder = :holder",
      ExpressionAttributeValues: { ":holder": { S: holder } },
    });
  },
});

export const createDynamoErasures = (options: DynamoErasuresOptions): DynamoErasureStore => {
  const { table: TableName } = options;
  const client = createDynamoClient(options);
  const read = async (Key: Item): Promise<ErasureRecord | undefined> => {
    const outcome = await client.call("GetItem", { TableName, Key, ConsistentRead: true });
    return outcome.kind === "done" ? fromItem(outcome.answer.Item) : undefined;
  };
  const write = async (Item: Item): Promise<void> => {
    await client.call("PutItem", { TableName, Item });
  };
  return {
    ...createTurns(client, TableName),
    put: async (record) => {
      const { tenant, id, state, finishedAt = client.now() } = record;
      const text = { record: { S: JSON.stringify(record) } };
      if (state === "running") return write({ ...runningKey(tenant, id), ...text });
      await write({ ...endedKey(tenant, id), ...text, ...expiry(finishedAt + keptMs) });
      // Cut off before this, it is done once more, which finds nothing and ends with the same report.
      await client.call("DeleteItem", { TableName, Key: runningKey(tenant, id) });
    },
    get: async (tenant, id) => {
      if (!isUuid(id)) return undefined;
      return (await read(runningKey(tenant, id))) ?? (await read(endedKey(tenant, id)));
    },
    running: async (tenant) => {
      const input = {
        TableName,
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :low AND :high",
        ExpressionAttributeValues: {
          ":pk": runningPartition(tenant),
          ":low": bytesValue(Buffer.alloc(16)),
          ":high": bytesValue(Buffer.alloc(16, 0xff)),
        },
        ConsistentRead: true,
      };
      // As many as may run fit a page.
      const outcome = await client.call("Query", input);
      const items = outcome.kind === "done" ? (outcome.answer.Items ?? []) : [];
      return items
        .flatMap((item) => fromItem(item) ?? [])
        .toSorted((a, b) => a.createdAt - b.createdAt);
    },
  };
};
