import { openChunk } from "../chunk/decode.ts";
import type { StoredEntry } from "../entry/entry.ts";
import { isLogId, timeOfId } from "../entry/log-id.ts";
import { renderEntry } from "../entry/render-entry.ts";
import { LogServiceError } from "../errors.ts";
import type { CallOptions, ChunkStore } from "../store.ts";

export interface GetDeps {
  readonly store: ChunkStore;
  /** Entries before it have expired. The id tells of a chunk that ended before it, without a read. */
  readonly oldest: number;
}

/**
 * Finds one entry by its id. Throws ENTRY_NOT_FOUND: the same answer whether the entry never was, has expired, or is
 * another tenant's.
 */
export const findEntry = async (
  { store, oldest }: GetDeps,
  tenant: string,
  logId: string,
  options: CallOptions = {},
): Promise<StoredEntry> => {
  const id = logId.toLowerCase();
  const isInReach = isLogId(id) && timeOfId(id) >= oldest;
  const chunk = isInReach ? await store.get(tenant, id, options) : undefined;
  if (chunk !== undefined) {
    const reader = openChunk(await chunk.bytes(options));
    const index = reader.indexOf(id);
    const [entry] = index === -1 ? [] : reader.entries([index]);
    if (entry !== undefined && entry.timestamp >= oldest) return entry;
  }
  throw new LogServiceError(
    "ENTRY_NOT_FOUND",
    `there is no entry ${JSON.stringify(logId.slice(0, 40))}`,
  );
};

/** Returns one entry as wire JSON. Throws like `findEntry`. */
export const get = async (
  deps: GetDeps,
  tenant: string,
  logId: string,
  options: CallOptions = {},
): Promise<string> => renderEntry(await findEntry(deps, tenant, logId, options));
