import {
  type CallOptions,
  type ChunkStore,
  chunkBytesMax,
  LogServiceError,
} from "@log-service/core";
import { assertRewritable } from "../chunk-rules.ts";
import { createWithoutReplace } from "../without-replace.ts";
import { readArrivals } from "./arrivals.ts";
import {
  createDynamoDeps,
  createDynamoWriter,
  type DynamoStoreOptions,
} from "./dynamodb-writer.ts";
import { findChunk } from "./get.ts";
import { markKey } from "./marks.ts";
import { rewriteChunk } from "./rewrite.ts";
import { scanTable } from "./scan.ts";

/** No tenant has this name. What is asked for to see whether the table answers. */
const nobody = "";

/**
 * Creates the store on a table with the keys `pk` (text) and `sk` (bytes), and no secondary index, as
 * `docs/formats/dynamodb.md` says. It connects when it is first used. A writer only ever puts, a reader only ever queries
 * and gets, and only who erases updates: each process needs just that right.
 */
export const createDynamoStore = (options: DynamoStoreOptions): ChunkStore => {
  const deps = createDynamoDeps(options);
  const { client, table } = deps;
  const writer = createDynamoWriter(options, deps);
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
      canRewrite: true,
      expiry: "eventual",
    },
    put: async (chunks, call) => {
      begin(call);
      return writer.put(chunks, call);
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
      return writer.reserve(reservation, call);
    },
    ...createWithoutReplace("dynamodb", begin),
    rewrite: async (rewrite, call) => {
      begin(call);
      assertRewritable(rewrite, chunkBytesMax);
      return rewriteChunk(deps, rewrite, call);
    },
    // What was rewritten has been written over.
    purge: async (_, call) => {
      begin(call);
      return "done";
    },
    check: async (call) => {
      begin(call);
      await client.call("GetItem", { TableName: table, Key: markKey(nobody, "shards", 1) }, call);
    },
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
    },
  };
};
