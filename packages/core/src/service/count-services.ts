import type { Entry } from "../entry/entry.ts";

/** Services and how many entries each has; undefined stands for entries without one. */
export type ServiceCounts = readonly (readonly [service: string | undefined, entries: number])[];

/** Counts the entries of a batch by service. Most batches come from one, which costs a comparison an entry. */
export const countServices = (entries: readonly Pick<Entry, "service">[]): ServiceCounts => {
  const counts = new Map<string | undefined, number>();
  let start = 0;
  for (let at = 1; at <= entries.length; at++) {
    const service = entries[start]?.service;
    if (at < entries.length && entries[at]?.service === service) continue;
    counts.set(service, (counts.get(service) ?? 0) + at - start);
    start = at;
  }
  return [...counts];
};
