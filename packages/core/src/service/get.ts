import { openChunk } from "../chunk/decode.ts";
import { isLogId, timeOfId } from "../entry/log-id.ts";
import { renderEntry } from "../entry/render-entry.ts";
import { LogServiceError } from "../errors.ts";
import type { CallOptions, ChunkStore } from "../store.ts";

interface GetDeps {
  readonly store: ChunkStore;
  /** Entries of chunks that ended before it have expired: the id tells, to the minute, and without a read. */
  readonly oldest: number;
}

/**
 * Returns one entry as wire JSON. Throws ENTRY_NOT_FOUND: the same answer whether the entry never was, has expired,
 * or is another tenant's.
 */
export const get = async (
  { store, oldest }: GetDeps,
  tenant: string,
  logId: string,
  options: CallOptions = {},
): Promise<string> => {
  const id = logId.toLowerCase();
  const isInReach = isLogId(id) && timeOfId(id) >= oldest;
  const chunk = isInReach ? await store.get(tenant, id, options) : undefined;
  if (chunk !== undefined) {
    const reader = openChunk(await chunk.bytes(options));
    const index = reader.indexOf(id);
    const [entry] = index === -1 ? [] : reader.entries([index]);
    if (entry !== undefined) return renderEntry(entry);
  }
  throw new LogServiceError(
    "ENTRY_NOT_FOUND",
    `there is no entry ${JSON.stringify(logId.slice(0, 40))}`,
  );
};
