import type { Item } from "./answer.ts";
import type { DynamoCallOptions, DynamoClient } from "./client.ts";
import { bytesOf, bytesValue, numberOf, numberValue } from "./items.ts";
import type { Tenants } from "./tenants.ts";

/**
 * What a reader must know of a tenant before it can look in the right places: each an item of its own under one partition
 * key, made once and never changed. So they are right also where two Regions make them at the same time.
 */
export const markKinds = {
  /** `level` n: there are 2^n shards at least. */
  shards: 1,
  /** `level` n: there are chunks whose entries span up to `spansMs[n]`. */
  spans: 2,
} as const;

type MarkKind = keyof typeof markKinds;

/** Classes of the time from the first to the last entry of a chunk. */
export const spansMs = [0, 250, 1000, 4000, 15_000, 60_000] as const;

const levelMax = { shards: 6, spans: spansMs.length - 1 } as const;

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

/** The class of a span: the place of the smallest that holds it. */
export const spanLevelOf = (spanMs: number): number => {
  const level = spansMs.findIndex((most) => spanMs <= most);
  return level === -1 ? levelMax.spans : level;
};

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

/** Makes sure that readers know of chunks with this span. It need not be there before the chunk, but before the answer. */
export const markSpan = async (
  deps: MarkDeps,
  tenant: string,
  spanMs: number,
  options: DynamoCallOptions | undefined,
): Promise<void> => {
  const level = spanLevelOf(spanMs);
  const notes = deps.tenants(tenant);
  if (level <= notes.markedSpan) return;
  await makeMark(deps, markKey(tenant, "spans", level), options);
  notes.markedSpan = Math.max(notes.markedSpan, level);
};

export interface Marks {
  readonly shardCount: number;
  readonly spanMs: number;
}

/** Asks the table for all marks of a tenant: one read unit. */
export const fetchMarks = async (
  { client, table, tenants }: MarkDeps,
  tenant: string,
  options?: DynamoCallOptions,
): Promise<Marks> => {
  const input = {
    TableName: table,
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :low AND :high",
    ExpressionAttributeValues: {
      ":pk": partition(tenant),
      ":low": sortKey("shards", 0),
      ":high": sortKey("spans", levelMax.spans),
    },
    ConsistentRead: true,
  };
  const outcome = await client.call("Query", input, options);
  const items = outcome.kind === "done" ? (outcome.answer.Items ?? []) : [];
  const levels = { shards: 0, spans: 0 };
  for (const { sk } of items) {
    const [kind, level = 0] = bytesOf(sk);
    const name = kind === markKinds.shards ? "shards" : "spans";
    levels[name] = Math.max(levels[name], Math.min(level, levelMax[name]));
  }
  const notes = tenants(tenant);
  notes.shardCount = Math.max(notes.shardCount, 2 ** levels.shards);
  return { shardCount: notes.shardCount, spanMs: spansMs[levels.spans] ?? 60_000 };
};
