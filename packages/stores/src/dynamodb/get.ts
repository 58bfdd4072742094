import {
  type CallOptions,
  chunkIdOf,
  indexOfLogId,
  isLogId,
  type StoredChunk,
} from "@log-service/core";
import { chunkKey, type FoundChunk, fromItem, type Partition } from "./items.ts";
import { fetchMarks, type MarkDeps } from "./marks.ts";
import { knownPartitions, toFound } from "./scan.ts";
import { homeShard } from "./shards.ts";
import { widthClassOf } from "./widths.ts";

/**
 * Looks for an entry's chunk where it was most likely put, then everywhere else: it may be of another width than the last one
 * that was found, and it may have been stored while there were fewer shards, or while its own took no more.
 */
export const findChunk = async (
  deps: MarkDeps,
  tenant: string,
  logId: string,
  options: CallOptions | undefined,
): Promise<StoredChunk | undefined> => {
  if (!isLogId(logId)) return undefined;
  const { client, table, tenants } = deps;
  const notes = tenants(tenant);
  const id = chunkIdOf(logId);
  const read = async (partition: Partition): Promise<FoundChunk | undefined> => {
    const input = { TableName: table, Key: chunkKey(tenant, partition, id), ConsistentRead: true };
    const outcome = await client.call("GetItem", input, options);
    const item = outcome.kind === "done" ? outcome.answer.Item : undefined;
    const chunk = item && fromItem(item);
    return chunk && indexOfLogId(chunk.meta.id, logId) < chunk.meta.count ? chunk : undefined;
  };
  const likely = { shard: homeShard(id, notes.shardCount), width: notes.usualWidth };
  let chunk = await read(likely);
  if (chunk === undefined) {
    await fetchMarks(deps, tenant, options);
    const others = knownPartitions(notes).filter(
      ({ shard, width }) => shard !== likely.shard || width !== likely.width,
    );
    const found = await Promise.all(others.map(read));
    chunk = found.find((one) => one !== undefined);
  }
  if (chunk === undefined) return undefined;
  notes.usualWidth = widthClassOf(chunk.meta);
  return toFound(chunk);
};
