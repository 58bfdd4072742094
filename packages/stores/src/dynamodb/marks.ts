import type { Item } from "./answer.ts";
import type { DynamoCallOptions, DynamoClient } from "./client.ts";
import { bytesOf, bytesValue, numberOf, numberValue } from "./items.ts";
import type { Tenants } from "./tenants.ts";
import { widthsMs } from "./widths.ts";

/**
 * What a reader must know of a tenant before it can look in the right places: each an item of its own under one partition
 * key, made once and never changed. So they are right also where two Regions make them at the same time.
 */
export const markKinds = {
  /** `level` n: there are 2^n shards at least. */
  shards: 1,
  /** `level` n: there are chunks of the width class n. */
  widths: 2,
} as const;

type MarkKind = keyof typeof markKinds;

const levelMax = { shards: 6, widths: widthsMs.length - 1 } as const;

export interface MarkDeps {
  readonly client: DynamoClient;
  readonly table: string;
  readonly tenants: Tenants;
}

const partition = (tenant: string) => ({ S: `${tenant}#marks` });

const sortKey = (kind: MarkKind, level: number) =>
  bytesValue(new Uint8Array([markKinds[kind], level]));

export const markKey = (tenant: string, kind: MarkKind, level: number): Item => ({
  pk: partition(tenant),
  sk: sortKey(kind, level),
});

/** Makes a mark. Returns when it was made, if it was there already, in milliseconds since 1970. */
export const makeMark = async (
  { client, table }: MarkDeps,
  key: Item,
  options: DynamoCallOptions | undefined,
): Promise<number | undefined> => {
  const input = {
    TableName: table,
    Item: { ...key, madeAt: numberValue(client.now()) },
    ConditionExpression: "attribute_not_exists(pk)",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  };
  const outcome = await client.call("PutItem", input, options);
  return outcome.kind === "condition" ? numberOf(outcome.item.madeAt) : undefined;
};

/**
 * Makes sure that readers look for chunks of this class; they do so in class 0 unasked. The mark need not be there before
 * the chunk, but before the answer.
 */
export const markWidth = async (
  deps: MarkDeps,
  tenant: string,
  widthClass: number,
  options: DynamoCallOptions | undefined,
): Promise<void> => {
  const { markedWidths } = deps.tenants(tenant);
  if (widthClass === 0 || markedWidths.has(widthClass)) return;
  await makeMark(deps, markKey(tenant, "widths", widthClass), options);
  markedWidths.add(widthClass);
};

/** Asks the table for all marks of a tenant, and takes note of them: one read unit. */
export const fetchMarks = async (
  { client, table, tenants }: MarkDeps,
  tenant: string,
  options?: DynamoCallOptions,
): Promise<void> => {
  const input = {
    TableName: table,
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :low AND :high",
    ExpressionAttributeValues: {
      ":pk": partition(tenant),
      ":low": sortKey("shards", 0),
      ":high": sortKey("widths", levelMax.widths),
    },
    ConsistentRead: true,
  };
  const outcome = await client.call("Query", input, options);
  const items = outcome.kind === "done" ? (outcome.answer.Items ?? []) : [];
  const notes = tenants(tenant);
  for (const { sk } of items) {
    const [kind, level = 0] = bytesOf(sk);
    if (kind === markKinds.widths) notes.widths.add(Math.min(level, levelMax.widths));
    else notes.shardCount = Math.max(notes.shardCount, 2 ** Math.min(level, levelMax.shards));
  }
};
