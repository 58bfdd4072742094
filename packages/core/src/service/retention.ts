import type { ExpiryTimes, TimeRange } from "../store.ts";

/** How long entries can be found. */
export interface Retention {
  readonly ms: number;
  /** Where it is set: what the refusal of an older entry names. */
  readonly setting: string;
  /** What holds instead for some tenants. */
  readonly byTenant?: ReadonlyMap<string, Omit<Retention, "byTenant">> | undefined;
}

/** What holds for a tenant. Without any, entries are kept for ever. */
export const retentionOf = (
  retention: Retention | undefined,
  tenant: string,
): Omit<Retention, "byTenant"> | undefined => retention?.byTenant?.get(tenant) ?? retention;

const oldestOf = (retention: Retention | undefined, tenant: string, now: number): number =>
  Math.max(0, now - (retentionOf(retention, tenant)?.ms ?? Number.POSITIVE_INFINITY));

/** Up to when entries have expired, for each tenant; undefined while all are kept. */
export const expiryTimesAt = (
  retention: Retention | undefined,
  now: number,
): ExpiryTimes | undefined => {
  if (retention === undefined) return undefined;
  const tenants = [...(retention.byTenant?.keys() ?? [])];
  return {
    of: (tenant) => oldestOf(retention, tenant, now),
    // No tenant has an empty name: it stands for all that have none of their own.
    latest: Math.max(...["", ...tenants].map((tenant) => oldestOf(retention, tenant, now))),
  };
};

/** What is found of each tenant's entries now, though a store may keep more a while. */
export const createKept = (retention: Retention | undefined, now: () => number) => {
  /** The first time that has not expired, in milliseconds since 1970. */
  const oldest = (tenant: string): number => oldestOf(retention, tenant, now());
  /** What of a range has not expired. */
  const kept = (tenant: string, range: TimeRange): TimeRange => {
    const from = Math.max(range.from, oldest(tenant));
    return { from, to: Math.max(range.to, from) };
  };
  return { oldest, kept };
};
