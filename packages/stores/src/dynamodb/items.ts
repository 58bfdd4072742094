import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import {
  type ChunkMeta,
  idFromBytes,
  idToBytes,
  LogServiceError,
  type Rewrite,
  type TenantChunk,
} from "@log-service/core";
import type { AttributeValue, Item } from "./answer.ts";
import { readMeta, writeLeft, writeMeta } from "./meta-bytes.ts";

/**
 * The items of the table, as `docs/formats/dynamodb.md` says. A tenant's name has no `#`, so that no two kinds of items
 * share a partition key.
 */

/** How long DynamoDB keeps a chunk past the retention: an archive that lags has that long to catch up. */
const slackMs = 7 * 24 * 3_600_000;

export const bytesValue = (bytes: Uint8Array): AttributeValue => ({
  B: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64"),
});

export const numberValue = (value: number): AttributeValue => ({ N: String(value) });

/** The bytes of an attribute, in memory of their own; none when it is something else. */
export const bytesOf = (value: AttributeValue | undefined): Uint8Array<ArrayBuffer> =>
  // A copy: small buffers lie in a pool that they share, and a reader may hand this one to another thread.
  new Uint8Array(Buffer.from(value && "B" in value ? value.B : "", "base64"));

export const numberOf = (value: AttributeValue | undefined): number =>
  value && "N" in value ? Number(value.N) : Number.NaN;

export const shardKey = (tenant: string, shard: number): AttributeValue => ({
  S: `${tenant}#${shard}`,
});

export const chunkKey = (tenant: string, shard: number, id: string): Item => ({
  pk: shardKey(tenant, shard),
  sk: bytesValue(idToBytes(id)),
});

/** The sort key of items that are alone under their partition key. */
export const alone: AttributeValue = { B: "AA==" };

/** A key is hashed: a partition key holds 2,048 bytes at most, and is paid like everything else. */
export const reservationKey = (tenant: string, key: string): Item => ({
  pk: { S: `${tenant}#key#${createHash("sha256").update(key).digest("base64url")}` },
  sk: alone,
});

/** The attribute by which DynamoDB deletes, in seconds; Terraform's `ttl_attribute` says the same name. */
export const expiry = (expiresAtMs: number): Item => ({
  expiresAt: numberValue(Math.ceil(expiresAtMs / 1000)),
});

export const toItem = (
  { tenant, meta, bytes }: TenantChunk,
  shard: number,
  retentionMs: number | undefined,
): Item => ({
  ...chunkKey(tenant, shard, meta.id),
  data: bytesValue(bytes),
  meta: bytesValue(writeMeta(meta)),
  ...(retentionMs !== undefined && expiry(meta.maxTime + retentionMs + slackMs)),
});

/** The item in place of a chunk of which something was erased: its key and its time to live stay. */
export const toRewrite = ({ tenant, old, chunk }: Rewrite, shard: number) => ({
  Key: chunkKey(tenant, shard, old.id),
  UpdateExpression: chunk === undefined ? "SET #m = :left REMOVE #d" : "SET #m = :left, #d = :data",
  // What a scan tells of a chunk does not say whether something was erased from it before.
  ConditionExpression: "#m = :whole OR #m = :part",
  ExpressionAttributeNames: { "#m": "meta", "#d": "data" },
  ExpressionAttributeValues: {
    ":whole": bytesValue(writeMeta(old)),
    ":part": bytesValue(writeLeft(old, old)),
    ":left": bytesValue(writeLeft(old, chunk?.meta)),
    ...(chunk !== undefined && { ":data": bytesValue(chunk.bytes) }),
  },
});

/** A chunk as it came from the table. Its bytes are decoded when they are asked for. */
export interface FoundChunk {
  readonly meta: ChunkMeta;
  readonly data: AttributeValue | undefined;
}

/** Whether some of an item's chunk was erased: its metadata begin with three zeros. */
export const isPart = ({ meta }: Item): boolean =>
  meta !== undefined && "B" in meta && meta.B.startsWith("AAAA");

/** How many entries an item's chunk holds; none when it is damaged. */
export const itemEntries = (item: Item): number =>
  readMeta(idOfItem(item), bytesOf(item.meta))?.count ?? 0;

/** The size that DynamoDB counts for an item, about. */
export const itemBytes = ({ data }: Item): number =>
  90 + (data && "B" in data ? Math.floor(data.B.length * 0.75) : 0);

export const idOfItem = ({ sk }: Item): string => {
  const bytes = bytesOf(sk);
  return bytes.length === 16 ? idFromBytes(bytes) : "";
};

/** Undefined where everything was erased. Throws CHUNK_CORRUPT for an item that this store has not written. */
export const fromItem = (item: Item): FoundChunk | undefined => {
  const id = idOfItem(item);
  const meta = id === "" ? undefined : readMeta(id, bytesOf(item.meta));
  if (meta === undefined)
    throw new LogServiceError("CHUNK_CORRUPT", `the item of the chunk ${id} is damaged`);
  return meta.count === 0 ? undefined : { meta, data: item.data };
};
