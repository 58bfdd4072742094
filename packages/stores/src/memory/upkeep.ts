import {
  arrivalsKeptMs,
  type Chunk,
  type ChunkMeta,
  type ExpiryTimes,
  type IdRun,
  indexOfLogId,
  type Replacement,
  type ReplaceOutcome,
  type Rewrite,
  type RewriteOutcome,
  type TenantDay,
  type TimeRange,
} from "@log-service/core";
import { assertReplaceable } from "../chunk-rules.ts";

const dayMs = 86_400_000;

export interface Kept extends Chunk {
  /** Its number in the order of arrival, over all tenants; 0 for what took the place of others. */
  readonly arrival: number;
  /** Milliseconds since 1970. */
  readonly arrivedAt: number;
  /** Where its ids lie, when it took the place of others. */
  readonly spans: readonly IdRun[];
  readonly filter?: Uint8Array | undefined;
  /** What it was when it came, where some of it was erased: it keeps its place in scans. */
  readonly former?: ChunkMeta | undefined;
}

/** The chunks of one tenant. */
export interface TenantChunks {
  readonly chunks: Map<string, Kept>;
  /** The digests of chunks that were replaced, by id. */
  readonly replaced: Map<string, string | undefined>;
  /** The highest number in the order of arrival of what was replaced. */
  replacedTo: number;
}

export const createTenantChunks = (): TenantChunks => ({
  chunks: new Map(),
  replaced: new Map(),
  replacedTo: 0,
});

export const isReplaceable = ({ arrival, arrivedAt }: Kept, now: number): boolean =>
  arrival === 0 || arrivedAt <= now - arrivalsKeptMs;

export const findMerged = (chunks: Iterable<Kept>, logId: string): Kept | undefined =>
  [...chunks].find(({ spans }) =>
    spans.some(({ firstId, count }) => {
      const index = indexOfLogId(firstId, logId);
      return index >= 0 && index < count;
    }),
  );

export const replaceChunks = (
  tenant: TenantChunks,
  replacement: Replacement,
  now: number,
): ReplaceOutcome => {
  assertReplaceable(replacement);
  const { old, chunks: merged } = replacement;
  const { chunks, replaced } = tenant;
  const isThere = ({ id, count }: ChunkMeta) => chunks.get(id)?.meta.count === count;
  if (!old.every(isThere)) return "gone";
  if (old.some(({ id }) => !isReplaceable(chunks.get(id)!, now))) return "busy";
  for (const { id, digest } of old) {
    const isMerged = chunks.get(id)?.arrival === 0;
    if (!isMerged) replaced.set(id, digest);
    tenant.replacedTo = Math.max(tenant.replacedTo, chunks.get(id)?.arrival ?? 0);
    chunks.delete(id);
  }
  for (const { meta, bytes, spans, filter } of merged) {
    const copies = { bytes: bytes.slice(), filter: filter?.slice() };
    chunks.set(meta.id, { meta, ...copies, spans, arrival: 0, arrivedAt: now });
  }
  return "replaced";
};

export const rewriteChunk = (
  { chunks, replaced }: TenantChunks,
  { old, chunk }: Rewrite,
): RewriteOutcome => {
  const there = chunks.get(old.id);
  if (there === undefined || there.meta.count !== old.count) return "gone";
  const { meta, former = meta } = there;
  if (chunk === undefined) {
    replaced.set(old.id, meta.digest);
    chunks.delete(old.id);
  } else chunks.set(old.id, { ...there, meta: chunk.meta, bytes: chunk.bytes.slice(), former });
  return "replaced";
};

const dayOf = (time: number): number => Math.floor(time / dayMs);

export const tenantDays = (
  tenants: ReadonlyMap<string, TenantChunks>,
  { from, to }: TimeRange,
): TenantDay[] =>
  [...tenants]
    .flatMap(([tenant, { chunks }]) => {
      const days = new Set([...chunks.values()].map(({ meta }) => dayOf(meta.maxTime)));
      return [...days].map((day) => ({ tenant, from: day * dayMs, to: (day + 1) * dayMs }));
    })
    .filter((day) => day.from < to && day.to > from)
    .sort((a, b) => a.from - b.from || (a.tenant < b.tenant ? -1 : 1));

export const expireChunks = (
  tenants: ReadonlyMap<string, TenantChunks>,
  { of }: ExpiryTimes,
): number => {
  let count = 0;
  for (const [tenant, { chunks }] of tenants)
    for (const [id, { meta }] of chunks)
      if (meta.maxTime < of(tenant)) {
        chunks.delete(id);
        count += 1;
      }
  return count;
};
