/** What one process has learnt of the tenants that it serves. Forgetting any of it costs a little and harms nothing. */
export interface TenantNotes {
  /** How many shards the tenant is known to have; only ever raised. */
  shardCount: number;
  /** The widest class of chunks that readers have been told of by this process: a place in `spansMs`. */
  markedSpan: number;
  /** When this process last asked for more shards, or learnt of some, by the store's clock. */
  raisedAt: number;
  /** The entries and the bytes of its recent chunks, on average. */
  chunkEntries: number;
  chunkBytes: number;
}

export type Tenants = (tenant: string) => TenantNotes;

const rememberedMax = 1000;

/** What is taken for the size of a chunk before any was read: a batch of some size. */
const chunkEntriesAtFirst = 50;
const chunkBytesAtFirst = 8192;

/** Keeps notes on the tenants that were last asked for. */
export const createTenants = (): Tenants => {
  const notes = new Map<string, TenantNotes>();
  return (tenant) => {
    const found = notes.get(tenant) ?? {
      shardCount: 1,
      markedSpan: 0,
      raisedAt: Number.NEGATIVE_INFINITY,
      chunkEntries: chunkEntriesAtFirst,
      chunkBytes: chunkBytesAtFirst,
    };
    notes.delete(tenant);
    notes.set(tenant, found);
    const [oldest] = notes.keys();
    if (notes.size > rememberedMax && oldest !== undefined) notes.delete(oldest);
    return found;
  };
};
