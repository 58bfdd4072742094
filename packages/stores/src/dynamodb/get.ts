import { type CallOptions, chunkIdOf, isLogId, type StoredChunk } from "@log-service/core";
import { mayHold } from "../chunk-rules.ts";
import type { Item } from "./answer.ts";
import { chunkKey, fromItem } from "./items.ts";
import { fetchMarks, type MarkDeps } from "./marks.ts";
import { toFound } from "./scan.ts";
import { homeShard } from "./shards.ts";

/**
 * Looks for an entry's chunk where it was most likely put, then in every other shard: it may have been stored while there
 * were fewer, or while its own took no more.
 */
export const findChunk = async (
  deps: MarkDeps,
  tenant: string,
  logId: string,
  options: CallOptions | undefined,
): Promise<StoredChunk | undefined> => {
  if (!isLogId(logId)) return undefined;
  const { client, table, tenants } = deps;
  const id = chunkIdOf(logId);
  const read = async (shard: number): Promise<Item | undefined> => {
    const input = { TableName: table, Key: chunkKey(tenant, shard, id), ConsistentRead: true };
    const outcome = await client.call("GetItem", input, options);
    return outcome.kind === "done" ? outcome.answer.Item : undefined;
  };
  const home = homeShard(id, tenants(tenant).shardCount);
  let item = await read(home);
  if (item === undefined) {
    const { shardCount } = await fetchMarks(deps, tenant, options);
    const others = Array.from({ length: shardCount }, (_, shard) => shard).filter(
      (one) => one !== home,
    );
    const found = await Promise.all(others.map(read));
    item = found.find((one) => one !== undefined);
  }
  const chunk = item && fromItem(item);
  return chunk && mayHold(chunk.meta, logId) ? toFound(chunk) : undefined;
};
