import { type ChunkSink, chunkBytesMax } from "@log-service/core";
import { assertStorable } from "../chunk-rules.ts";
import { createDynamoClient, type DynamoClientOptions } from "./client.ts";
import { putChunks } from "./put.ts";
import { reserveKey } from "./reserve.ts";
import { createTenants } from "./tenants.ts";

export interface DynamoStoreOptions extends DynamoClientOptions {
  readonly table: string;
  /** How long entries can be found. Chunks are deleted a week after that; never without it. */
  readonly retentionMs?: number | undefined;
}

/** What both halves of the store share. */
export const createDynamoDeps = (options: DynamoStoreOptions) => ({
  client: createDynamoClient(options),
  table: options.table,
  retentionMs: options.retentionMs,
  tenants: createTenants(),
});

/** Creates the half of the store that only ever puts. A function that stores is made of it, and carries no reader along. */
export const createDynamoWriter = (
  options: DynamoStoreOptions,
  deps = createDynamoDeps(options),
): ChunkSink => ({
  put: async (chunks, call) => {
    call?.signal?.throwIfAborted();
    for (const chunk of chunks) assertStorable(chunk, chunkBytesMax);
    return putChunks(deps, chunks, call);
  },
  reserve: async (reservation, call) => {
    call?.signal?.throwIfAborted();
    return reserveKey(deps, reservation, call);
  },
});
