import type { CallOptions, ScanRequest } from "@log-service/core";
import type { Item } from "./answer.ts";
import type { DynamoClient } from "./client.ts";
import { idOfItem, shardKey } from "./items.ts";

export interface ShardRange {
  readonly tenant: string;
  readonly order: ScanRequest["order"];
  /** The first and the last sort key, both included. */
  readonly low: Item[string];
  readonly high: Item[string];
}

export interface FoundItem {
  /** The chunk's id; empty when the item is not a chunk's. */
  readonly id: string;
  readonly item: Item;
}

/** Reads one shard from one end of a range to the other, as many items at a time as it is told. */
export interface ShardReader {
  /** Read and not yet taken, in order. */
  readonly items: FoundItem[];
  readonly isEnd: boolean;
  /** Reads on; returns the items that came. */
  read(limit: number): Promise<readonly Item[]>;
}

export const createShardReader = (
  { client, table }: { readonly client: DynamoClient; readonly table: string },
  { tenant, order, low, high }: ShardRange,
  shard: number,
  options: CallOptions | undefined,
): ShardReader => {
  const items: FoundItem[] = [];
  let isEnd = false;
  let last: Item | undefined;
  return {
    items,
    get isEnd() {
      return isEnd;
    },
    read: async (limit) => {
      const input = {
        TableName: table,
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :low AND :high",
        ExpressionAttributeValues: { ":pk": shardKey(tenant, shard), ":low": low, ":high": high },
        ScanIndexForward: order === "oldest",
        ConsistentRead: true,
        Limit: limit,
        ...(last && { ExclusiveStartKey: last }),
      };
      const outcome = await client.call("Query", input, options);
      const answer = outcome.kind === "done" ? outcome.answer : {};
      const found = answer.Items ?? [];
      items.push(...found.map((item) => ({ id: idOfItem(item), item })));
      last = answer.LastEvaluatedKey;
      isEnd = last === undefined;
      return found;
    },
  };
};
