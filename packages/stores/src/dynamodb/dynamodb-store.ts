import {
  type CallOptions,
  type ChunkStore,
  chunkBytesMax,
  LogServiceError,
} from "@log-service/core";
import { assertStorable } from "../chunk-rules.ts";
import { createWithoutReplace } from "../without-replace.ts";
import { readArrivals } from "./arrivals.ts";
import { createDynamoClient, type DynamoClientOptions } from "./client.ts";
import { findChunk } from "./get.ts";
import { markKey } from "./marks.ts";
import { putChunks } from "./put.ts";
import { reserveKey } from "./reserve.ts";
import { scanTable } from "./scan.ts";
import { createTenants } from "./tenants.ts";

export interface DynamoStoreOptions extends DynamoClientOptions {
  readonly table: string;
  /** How long entries can be found. Chunks are deleted a week after that; never without it. */
  readonly retentionMs?: number | undefined;
}

/** No tenant has this name. What is asked for to see whether the table answers. */
const nobody = "";

/**
 * Creates the store on a table with the keys `pk` (text) and `sk` (bytes), and no secondary index, as
 * `docs/formats/dynamodb.md` says. It connects when it is first used. A writer only ever puts, a reader only ever queries
 * and gets: each of two processes needs just that right.
 */
export const createDynamoStore = (options: DynamoStoreOptions): ChunkStore => {
  const { table, retentionMs } = options;
  const client = createDynamoClient(options);
  const deps = { client, table, retentionMs, tenants: createTenants() };
  let isClosed = false;
  const begin = (call: CallOptions | undefined) => {
    call?.signal?.throwIfAborted();
    if (isClosed) throw new LogServiceError("SHUTTING_DOWN", "the store is closed");
  };
  return {
    capabilities: {
      name: "dynamodb",
      chunkBytesMax,
      arrivals: "bounded",
      canReplace: false,
      expiry: "eventual",
    },
    put: async (chunks, call) => {
      begin(call);
      for (const chunk of chunks) assertStorable(chunk, chunkBytesMax);
      return putChunks(deps, chunks, call);
    },
    scan: async function* (request, call) {
      begin(call);
      for await (const slice of scanTable(deps, request, call)) {
        yield slice;
        begin(call);
      }
    },
    get: async (tenant, logId, call) => {
      begin(call);
      return findChunk(deps, tenant, logId, call);
    },
    arrivals: async (request, call) => {
      begin(call);
      return readArrivals(deps, request, call);
    },
    // Other processes write: nobody here knows when.
    onArrival: () => ({ [Symbol.dispose]: () => undefined }),
    reserve: async (reservation, call) => {
      begin(call);
      return reserveKey(deps, reservation, call);
    },
    ...createWithoutReplace("dynamodb", begin),
    check: async (call) => {
      begin(call);
      await client.call("GetItem", { TableName: table, Key: markKey(nobody, "shards", 1) }, call);
    },
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
    },
  };
};
