import type { ErasureRecord, ErasureStore } from "@log-service/core/service";

/** Keeps erasures in memory: for tests. */
export const createMemoryErasures = (): ErasureStore => {
  const records = new Map<string, ErasureRecord>();
  return {
    put: async (record) => void records.set(record.id, record),
    get: async (tenant, id) => {
      const record = records.get(id);
      return record?.tenant === tenant ? record : undefined;
    },
    running: async (tenant) =>
      [...records.values()].filter(
        (record) => record.state === "running" && (tenant ?? record.tenant) === record.tenant,
      ),
  };
};
