import type { CallOptions, Rewrite, RewriteOutcome } from "@log-service/core";
import { toRewrite } from "./items.ts";
import { fetchMarks, type MarkDeps } from "./marks.ts";

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Writes what is left of a chunk over it, by one update on condition that it is as it was read: its text is gone from the table
 * then, and its key, which a repeated put must find taken, stays. In every shard, since a put that was tried again may have left
 * it in several.
 */
export const rewriteChunk = async (
  deps: MarkDeps,
  rewrite: Rewrite,
  options: CallOptions | undefined,
): Promise<RewriteOutcome> => {
  const { client, table } = deps;
  const call = { ...options, deadline: client.deadline() };
  const { shardCount } = await fetchMarks(deps, rewrite.tenant, call);
  const rewriteIn = async (shard: number): Promise<boolean> => {
    const update = toRewrite(rewrite, shard);
    const input = { TableName: table, ...update, ReturnValuesOnConditionCheckFailure: "ALL_OLD" };
    const outcome = await client.call("UpdateItem", input, call);
    if (outcome.kind !== "condition") return true;
    // An attempt of this very call may have done it.
    const { ":left": left } = update.ExpressionAttributeValues;
    return outcome.isDoubtful && isSame(outcome.item.meta, left);
  };
  const shards = Array.from({ length: shardCount }, (_, shard) => rewriteIn(shard));
  const done = await Promise.all(shards);
  return done.includes(true) ? "replaced" : "gone";
};
