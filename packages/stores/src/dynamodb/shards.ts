import { type CallOptions, isLogServiceError } from "@log-service/core";
import type { Item } from "./answer.ts";
import type { DynamoClient } from "./client.ts";
import { numberOf, numberValue, shardCountKey } from "./items.ts";
import type { Tenants } from "./tenants.ts";

/** Each shard costs every read: with this many a tenant takes some 64,000 write units/s. */
export const shardCountMax = 64;

/** No sooner is the count raised again: a range that was split needs a moment to show it. */
const raiseAgainAfterMs = 10_000;

export interface ShardDeps {
  readonly client: DynamoClient;
  readonly table: string;
  readonly tenants: Tenants;
}

const isShardCount = (value: number): boolean =>
  Number.isInteger(value) && value >= 1 && value <= shardCountMax;

/** The shard of a chunk while there are `count` of them: 28 random bits of its batch, and its ordinal in the batch. */
export const homeShard = (id: string, count: number): number => {
  const ordinal = Number.parseInt(id.slice(31), 16) >>> 14;
  return (Number.parseInt(id.slice(24, 31), 16) + ordinal) % count;
};

const learn = ({ tenants }: ShardDeps, tenant: string, item: Item | undefined): number => {
  const notes = tenants(tenant);
  const count = numberOf(item?.shardCount);
  if (isShardCount(count)) notes.shardCount = Math.max(notes.shardCount, count);
  return notes.shardCount;
};

/** Asks the table how many shards the tenant has. */
export const fetchShardCount = async (
  deps: ShardDeps,
  tenant: string,
  options?: CallOptions,
): Promise<number> => {
  const input = { TableName: deps.table, Key: shardCountKey(tenant), ConsistentRead: true };
  const outcome = await deps.client.call("GetItem", input, options);
  return learn(deps, tenant, outcome.kind === "done" ? outcome.answer.Item : undefined);
};

/**
 * Doubles the tenant's shards, unless another process has just done so, and learns how many there are now. A writer may
 * only put: what is there comes back with the condition that was not met.
 */
const raise = async (deps: ShardDeps, tenant: string, options?: CallOptions): Promise<void> => {
  const { client, table, tenants } = deps;
  const notes = tenants(tenant);
  const wanted = notes.shardCount * 2;
  const now = client.now();
  const input = {
    TableName: table,
    Item: {
      ...shardCountKey(tenant),
      shardCount: numberValue(wanted),
      raisedAt: numberValue(now),
    },
    ConditionExpression:
      "attribute_not_exists(pk) OR (shardCount < :wanted AND raisedAt < :before)",
    ExpressionAttributeValues: {
      ":wanted": numberValue(wanted),
      ":before": numberValue(now - raiseAgainAfterMs),
    },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  };
  notes.raisedAt = now;
  const outcome = await client.call("PutItem", input, options);
  if (outcome.kind === "done") notes.shardCount = Math.max(notes.shardCount, wanted);
  if (outcome.kind === "condition") learn(deps, tenant, outcome.item);
};

/** Chooses the shard for a chunk whose shard takes no more, after raising their number if that is due. */
export const otherShard = async (
  deps: ShardDeps,
  { tenant, id, shard }: { readonly tenant: string; readonly id: string; readonly shard: number },
  options?: CallOptions,
): Promise<number> => {
  const { client, tenants } = deps;
  const notes = tenants(tenant);
  const isDue = client.now() - notes.raisedAt >= raiseAgainAfterMs;
  if (isDue && notes.shardCount < shardCountMax) {
    try {
      await raise(deps, tenant, options);
    } catch (error) {
      // The chunk can still go to another of the shards that are known.
      if (!isLogServiceError(error) || error.kind !== "unavailable") throw error;
    }
  }
  const { shardCount } = notes;
  const home = homeShard(id, shardCount);
  if (home !== shard) return home;
  const step = 1 + Math.floor(client.random() * (shardCount - 1));
  return shardCount === 1 ? 0 : (shard + step) % shardCount;
};
