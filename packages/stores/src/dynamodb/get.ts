import { type CallOptions, chunkIdOf, isLogId, type StoredChunk } from "@log-service/core";
import { mayHold } from "../chunk-rules.ts";
import type { Item } from "./answer.ts";
import { chunkKey, fromItem, isPart, itemEntries } from "./items.ts";
import { fetchMarks, type MarkDeps } from "./marks.ts";
import { toFound } from "./scan.ts";
import { homeShard } from "./shards.ts";

/** The copy with more entries first, as in a scan; what is not there comes last. */
const byEntries = (a: Item | undefined, b: Item | undefined): number =>
  (b ? itemEntries(b) : -1) - (a ? itemEntries(a) : -1);

/**
 * Looks for an entry's chunk where it was most likely put, then in every other shard: it may have been stored while there
 * were fewer, or while its own took no more. Where some of it was erased another shard may have a copy that still is to be
 * written over: that with more entries counts.
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
  if (item === undefined || isPart(item)) {
    const { shardCount } = await fetchMarks(deps, tenant, options);
    const others = Array.from({ length: shardCount }, (_, shard) => shard).filter(
      (one) => one !== home,
    );
    [item] = [item, ...(await Promise.all(others.map(read)))].toSorted(byEntries);
  }
  const chunk = item && fromItem(item);
  return chunk && mayHold(chunk.meta, logId) ? toFound(chunk) : undefined;
};
