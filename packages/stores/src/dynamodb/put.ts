import type { CallOptions, PutOutcome, TenantChunk } from "@log-service/core";
import type { Item } from "./answer.ts";
import { bytesOf, idOfItem, toItem } from "./items.ts";
import { type MarkDeps, markSpan } from "./marks.ts";
import { readMeta } from "./meta-bytes.ts";
import { homeShard, otherShard } from "./shards.ts";

export interface PutDeps extends MarkDeps {
  readonly retentionMs: number | undefined;
}

/** How many items of one call are under way at once. */
const concurrency = 32;

const outcomeOf = ({ meta }: TenantChunk, there: Item, isDoubtful: boolean): PutOutcome => {
  const { digest } = readMeta(idOfItem(there), bytesOf(there.meta)) ?? {};
  if (digest !== meta.digest) return "conflict";
  // What an attempt of this very call may have written is not a repeat.
  return isDoubtful ? "stored" : "present";
};

const putChunk = async (
  deps: PutDeps,
  chunk: TenantChunk,
  deadline: number,
  options: CallOptions | undefined,
): Promise<PutOutcome> => {
  const { client, table, tenants, retentionMs } = deps;
  const { tenant, meta } = chunk;
  const call = { ...options, deadline };
  let shard = homeShard(meta.id, tenants(tenant).shardCount);
  for (let attempt = 0; ; attempt++) {
    const input = {
      TableName: table,
      Item: toItem(chunk, shard, retentionMs),
      ConditionExpression: "attribute_not_exists(pk)",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    };
    const outcome = await client.call("PutItem", input, { ...call, leavesHotKeys: true });
    if (outcome.kind === "done") return "stored";
    if (outcome.kind === "condition") return outcomeOf(chunk, outcome.item, outcome.isDoubtful);
    await client.backOff(attempt, options);
    shard = await otherShard(deps, { tenant, id: meta.id, shard }, call);
  }
};

/** Tells readers how far back the entries of these chunks may lie from their keys. */
const markSpans = (
  deps: PutDeps,
  chunks: readonly TenantChunk[],
  deadline: number,
  options: CallOptions | undefined,
): Promise<void>[] =>
  Array.from(
    Map.groupBy(chunks, ({ tenant }) => tenant),
    ([tenant, ofTenant]) => {
      const spans = ofTenant.map(({ meta }) => meta.maxTime - meta.minTime);
      const widest = spans.reduce((most, one) => Math.max(most, one), 0);
      return markSpan(deps, tenant, widest, { ...options, deadline });
    },
  );

/**
 * Stores each chunk by a put on condition that its key is free. Of a batch write, which is cheaper by nothing but requests,
 * no item may have a condition. Chunks of one id are stored one after the other.
 */
export const putChunks = async (
  deps: PutDeps,
  chunks: readonly TenantChunk[],
  options: CallOptions | undefined,
): Promise<PutOutcome[]> => {
  const deadline = deps.client.deadline();
  const numbered = chunks.map((chunk, index) => ({ chunk, index }));
  const groups = Map.groupBy(numbered, ({ chunk }) => `${chunk.tenant} ${chunk.meta.id}`).values();
  const outcomes: PutOutcome[] = [];
  const work = async () => {
    for (const group of groups)
      for (const { chunk, index } of group)
        outcomes[index] = await putChunk(deps, chunk, deadline, options);
  };
  const workers = Array.from({ length: Math.min(concurrency, chunks.length) }, work);
  const settled = await Promise.allSettled([
    ...workers,
    ...markSpans(deps, chunks, deadline, options),
  ]);
  for (const one of settled) if (one.status === "rejected") throw one.reason;
  return outcomes;
};
