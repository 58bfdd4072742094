import { type CallOptions, isLogServiceError } from "@log-service/core";
import { type MarkDeps, makeMark, markKey } from "./marks.ts";

/** Each shard costs every read: with this many a tenant takes some 64,000 write units/s. */
export const shardCountMax = 64;

/** No sooner is the count raised again: a range that was split needs a moment to show it. */
const raiseAgainAfterMs = 10_000;

/** The shard of a chunk while there are `count` of them: 28 random bits of its batch, and its ordinal in the batch. */
export const homeShard = (id: string, count: number): number => {
  const ordinal = Number.parseInt(id.slice(31), 16) >>> 14;
  return (Number.parseInt(id.slice(24, 31), 16) + ordinal) % count;
};

/**
 * Doubles the shards that this process knows the tenant to have. When there were as many already, it has learnt of them,
 * and only tries them: a writer may not read.
 */
const raise = async (deps: MarkDeps, tenant: string, options?: CallOptions): Promise<void> => {
  const notes = deps.tenants(tenant);
  const wanted = notes.shardCount * 2;
  const now = deps.client.now();
  const madeAt = await makeMark(deps, markKey(tenant, "shards", Math.log2(wanted)), options);
  notes.shardCount = Math.max(notes.shardCount, wanted);
  // Those that are there for long may be doubled once more without waiting.
  notes.raisedAt = madeAt ?? now;
};

/** Chooses the shard for a chunk whose shard takes no more, after raising their number if that is due. */
export const otherShard = async (
  deps: MarkDeps,
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
