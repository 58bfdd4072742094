import type { UsageRow, UsageStore } from "@log-service/core/service";

/** Keeps usage in memory: for tests. */
export const createMemoryUsage = (): UsageStore => {
  const rows = new Map<string, UsageRow>();
  return {
    add: async (added) => {
      for (const row of added) {
        const key = `${row.tenant} ${row.day} ${row.slot}`;
        const { entries = 0, bytes = 0 } = rows.get(key) ?? {};
        rows.set(key, { ...row, entries: entries + row.entries, bytes: bytes + row.bytes });
      }
      return [];
    },
    read: async (tenant, from, to) =>
      [...rows.values()].filter((row) => row.tenant === tenant && row.day >= from && row.day <= to),
  };
};
