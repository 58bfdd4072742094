import { type Usage, usageDayOf } from "./usage.ts";

const dayMs = 86_400_000;

/** Tells when the UTC day ends, in milliseconds from now. */
export const untilNextDayMs = (now: number): number => dayMs - (now % dayMs);

/** What tenants may still send in the UTC day; exact for one process. */
export interface DayBudget {
  /**
   * Takes bytes of the tenant's day, if they do not pass the limit. Resolves with what gives them back, for a body that
   * is not stored after all; with undefined, and takes nothing, when they pass it.
   */
  take(tenant: string, bytes: number, bytesMax: number): Promise<(() => void) | undefined>;
}

interface DayBudgetDeps {
  readonly usage: Pick<Usage, "read">;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface Spent {
  bytes: number;
}

/** Creates the budget. What was sent before the process began is read once for each tenant and day. */
export const createDayBudget = ({ usage, now }: DayBudgetDeps): DayBudget => {
  let day = "";
  let spent = new Map<string, Promise<Spent>>();
  const load = async (tenant: string): Promise<Spent> => {
    const rows = await usage.read(tenant, { from: day, to: day });
    return { bytes: rows.reduce((sum, row) => sum + row.bytes, 0) };
  };
  const spentBy = (tenant: string): Promise<Spent> => {
    const today = usageDayOf(now());
    if (today !== day) {
      day = today;
      spent = new Map();
    }
    const known = spent.get(tenant);
    if (known !== undefined) return known;
    const loading = load(tenant);
    spent.set(tenant, loading);
    // The next body asks again.
    loading.catch(() => spent.delete(tenant));
    return loading;
  };
  return {
    take: async (tenant, bytes, bytesMax) => {
      const own = await spentBy(tenant);
      if (own.bytes + bytes > bytesMax) return undefined;
      own.bytes += bytes;
      return () => {
        own.bytes -= bytes;
      };
    },
  };
};
