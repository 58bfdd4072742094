import { type Filter, print } from "@log-service/query";
import { LogServiceError } from "../../errors.ts";
import type { TimeRange } from "../../store.ts";
import { type ErasureRecord, runningMax, type TenantErasureStore } from "./erasure.ts";

export interface ErasureRequest extends TimeRange {
  readonly filter: Filter;
}

/** What is told of an erasure. */
export interface ErasureReport
  extends Omit<ErasureRecord, "tenant" | "filter" | "step" | "resume" | "remaining"> {
  /** What is erased, while it runs. */
  readonly query: string | undefined;
  readonly matched: number;
}

export interface ErasureRequests {
  /** Begins to erase a tenant's entries. Durable when it resolves. Throws ERASURES_TOO_MANY. */
  erase(tenant: string, request: ErasureRequest): Promise<ErasureReport>;
  /** Tells how far an erasure of the tenant is. Throws ERASURE_NOT_FOUND. */
  erasure(tenant: string, id: string): Promise<ErasureReport>;
}

export interface ErasureRequestsDeps {
  readonly records: TenantErasureStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
  /** What this process knows of an erasure that it runs itself. */
  readonly known?: ((id: string) => ErasureRecord | undefined) | undefined;
  /** Makes sure that somebody does what was asked for. It is durable already. */
  readonly onBegin: (record: ErasureRecord) => Promise<void>;
}

const reportOf = (record: ErasureRecord): ErasureReport => {
  const { tenant: _tenant, filter, step: _step, resume: _resume, remaining, ...rest } = record;
  return { ...rest, query: filter && print(filter), matched: record.erased + remaining };
};

/** Takes erasures and tells of them; who does them is told by `onBegin`. */
export const createErasureRequests = (deps: ErasureRequestsDeps): ErasureRequests => {
  const { records, now, newId, known, onBegin } = deps;
  return {
    erase: async (tenant, { from, to, filter }) => {
      const own = await records.running(tenant);
      if (own.length >= runningMax) {
        const message = `${own.length} erasures are running; the limit is ${runningMax}`;
        throw new LogServiceError("ERASURES_TOO_MANY", message, { retryAfterMs: 60_000 });
      }
      const counts = { erased: 0, chunks: 0, remaining: 0, left: [], leftCount: 0 };
      const about = { id: newId(), tenant, from, to, filter, createdAt: now() };
      const record: ErasureRecord = { ...about, state: "running", ...counts };
      await records.put(record);
      await onBegin(record);
      return reportOf(record);
    },
    erasure: async (tenant, id) => {
      const own = known?.(id);
      const record = own?.tenant === tenant ? own : await records.get(tenant, id);
      if (record !== undefined) return reportOf(record);
      const message = `there is no erasure ${JSON.stringify(id.slice(0, 40))}`;
      throw new LogServiceError("ERASURE_NOT_FOUND", message);
    },
  };
};
