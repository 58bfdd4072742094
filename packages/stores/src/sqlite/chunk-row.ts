import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";
import { type ChunkMeta, idFromBytes, idToBytes, type TenantChunk } from "@log-service/core";
import { DamagedFileError } from "./errors.ts";

/** The tables of chunks. `docs/formats/sqlite.md` explains the columns. */
export const chunkSchema = `
  CREATE TABLE tenants (
    tenant INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE chunks (
    arrival INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL,
    max_time INTEGER NOT NULL,
    max_id BLOB NOT NULL,
    min_time INTEGER NOT NULL,
    min_id BLOB NOT NULL,
    id BLOB,
    entries INTEGER NOT NULL,
    infos INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    digest TEXT
  ) STRICT;
  CREATE UNIQUE INDEX newest ON chunks (tenant, max_time, max_id, min_time);
  CREATE INDEX oldest ON chunks (tenant, min_time, min_id, max_time);
  CREATE TABLE blobs (
    arrival INTEGER PRIMARY KEY,
    data BLOB NOT NULL
  ) STRICT
`;

export const chunkColumns = `max_time, max_id, min_time, min_id, id, arrival, entries, infos, warnings, errors, bytes,
  checksum, digest`;

export const insertRow = `
  INSERT INTO chunks (arrival, tenant, max_time, max_id, min_time, min_id, id, entries, infos, warnings, errors, bytes,
    checksum, digest)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
`;

/** A row of `chunks` as the driver returns it. */
export interface ChunkRow {
  readonly max_time: number;
  readonly max_id: Uint8Array;
  readonly min_time: number;
  readonly min_id: Uint8Array;
  /** Null when it equals `min_id`, as in every chunk of the ingest path. */
  readonly id: Uint8Array | null;
  readonly arrival: number;
  readonly entries: number;
  readonly infos: number;
  readonly warnings: number;
  readonly errors: number;
  readonly bytes: number;
  readonly checksum: number;
  readonly digest: string | null;
}

/** SQLite has no checksums of its own: without this a flipped bit in a time would hide entries and nobody would know. */
const checksumOf = (tenant: string, meta: ChunkMeta, bytes: number, arrival: number): number => {
  const { id, count, minTime, minId, maxTime, maxId, severityCounts, digest } = meta;
  const parts = [tenant, id, count, minTime, minId, maxTime, maxId, severityCounts, digest];
  return crc32(`${parts.join()},${bytes},${arrival}`);
};

/** The values for `insertRow`. */
export const toRow = (tenantNumber: number, chunk: TenantChunk, arrival: number) => {
  const { tenant, meta, bytes } = chunk;
  const [infos, warnings, errors] = meta.severityCounts;
  return [
    arrival,
    tenantNumber,
    meta.maxTime,
    idToBytes(meta.maxId),
    meta.minTime,
    idToBytes(meta.minId),
    meta.id === meta.minId ? null : idToBytes(meta.id),
    meta.count,
    infos,
    warnings,
    errors,
    bytes.length,
    checksumOf(tenant, meta, bytes.length, arrival),
    meta.digest ?? null,
  ] as const;
};

const isWhole = ({ id, min_id, max_id }: ChunkRow): boolean =>
  min_id.length === 16 && max_id.length === 16 && (id === null || id.length === 16);

/** Throws when the row is not what was written. */
export const fromRow = (tenant: string, row: ChunkRow): ChunkMeta => {
  if (!isWhole(row)) throw new DamagedFileError("an id in the metadata of a chunk is damaged");
  const minId = idFromBytes(row.min_id);
  const meta: ChunkMeta = {
    id: row.id === null ? minId : idFromBytes(row.id),
    count: row.entries,
    minTime: row.min_time,
    minId,
    maxTime: row.max_time,
    maxId: idFromBytes(row.max_id),
    severityCounts: [row.infos, row.warnings, row.errors],
    digest: row.digest ?? undefined,
  };
  if (checksumOf(tenant, meta, row.bytes, row.arrival) !== row.checksum) {
    throw new DamagedFileError(`the metadata of the chunk ${meta.id} are damaged`);
  }
  return meta;
};

/** A place among a tenant's chunks, in the order of a scan. `id` is 0..17 bytes, so that it can lie between two ids. */
export interface Place {
  readonly time: number;
  readonly id: Uint8Array;
}

/** The place directly behind the id in ascending order. */
export const justAbove = (id: Uint8Array): Uint8Array => Buffer.concat([id, Buffer.alloc(1)]);

export const comparePlaces = (a: Place, b: Place): number =>
  a.time - b.time || Buffer.compare(a.id, b.id);
