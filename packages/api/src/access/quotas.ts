import { LogServiceError } from "@log-service/core";
import { type DayBudget, untilNextDayMs } from "@log-service/core/service";
import type { Principal } from "./access.ts";
import type { KeyRate } from "./api-key.ts";

/** What the configuration allows where a key says nothing; what is left out is not limited. */
export interface Limits extends KeyRate {
  readonly tenantBytesPerDay?: number | undefined;
}

/** Measures one body. */
export interface BodyMeter {
  /**
   * Takes the bytes of the body that was read, after decompression. Resolves with what gives the day's part of them
   * back when the body is not stored. Throws QUOTA_EXCEEDED.
   */
  take(bytes: number): Promise<() => void>;
}

/** What senders may send. Each limit costs nothing where it is not set. */
export interface Quotas {
  /** Takes one request. Throws RATE_EXCEEDED. */
  takeRequest(principal: Principal): void;
  /**
   * Lets a body begin, before any of it is read; undefined when nothing limits it. Throws RATE_EXCEEDED, and rejects with
   * QUOTA_EXCEEDED when nothing is left of the day.
   */
  beginBody(principal: Principal): Promise<BodyMeter> | undefined;
}

interface QuotasDeps {
  readonly limits: Limits;
  /** Undefined where days are not counted. */
  readonly budget: DayBudget | undefined;
  /** Milliseconds since anything; it never goes backwards. */
  readonly uptimeMs: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A bucket holds what may be sent in this time at once. */
const burstMs = 1000;

/** Buckets of keys that are not used are full, and need not be kept. */
const bucketsMax = 10_000;

interface Bucket {
  level: number;
  at: number;
}

/**
 * Token buckets by name. A bucket may be overdrawn by one take, and then takes nothing before it has filled again: so a
 * body larger than the bucket gets through, and still the rate holds in the long run.
 */
const createBuckets = (uptimeMs: () => number) => {
  const buckets = new Map<string, Bucket>();
  const find = (name: string, perSecond: number): Bucket => {
    const at = uptimeMs();
    const bucket = buckets.get(name);
    if (bucket === undefined) {
      const [oldest] = buckets.size >= bucketsMax ? buckets.keys() : [];
      if (oldest !== undefined) buckets.delete(oldest);
      const full = { level: (perSecond * burstMs) / 1000, at };
      buckets.set(name, full);
      return full;
    }
    const gained = ((at - bucket.at) * perSecond) / 1000;
    bucket.level = Math.min((perSecond * burstMs) / 1000, bucket.level + gained);
    bucket.at = at;
    return bucket;
  };
  return {
    /** How long until the bucket holds `least`, in whole milliseconds; 0 when it does. */
    waitMs: (name: string, perSecond: number, least: number): number => {
      const ms = ((least - find(name, perSecond).level) / perSecond) * 1000;
      // What is missing because of rounding is not missing.
      return Math.max(0, Math.ceil(ms - 1e-6));
    },
    take: (name: string, perSecond: number, amount: number): void => {
      find(name, perSecond).level -= amount;
    },
  };
};

const exceeded = (what: string, waitMs: number) =>
  new LogServiceError("RATE_EXCEEDED", `the key may send ${what}`, { retryAfterMs: waitMs });

export const createQuotas = (deps: QuotasDeps): Quotas => {
  const { limits, budget, now, uptimeMs } = deps;
  const requests = createBuckets(uptimeMs);
  const bytesSent = createBuckets(uptimeMs);
  const { tenantBytesPerDay } = limits;
  const takeOfDay = async (tenant: string, bytes: number): Promise<() => void> => {
    if (tenantBytesPerDay === undefined || budget === undefined) return () => undefined;
    const giveBack = await budget.take(tenant, bytes, tenantBytesPerDay);
    if (giveBack !== undefined) return giveBack;
    throw new LogServiceError(
      "QUOTA_EXCEEDED",
      `the tenant ${tenant} may send ${tenantBytesPerDay} bytes a day (LOG_SERVICE_TENANT_BYTES_PER_DAY); the next day begins at 00:00 UTC`,
      { retryAfterMs: untilNextDayMs(now()) },
    );
  };
  const createMeter = async (tenant: string, takeOfRate: (bytes: number) => void) => {
    // Where not even a byte is left, none is read.
    const giveBack = await takeOfDay(tenant, 1);
    giveBack();
    return {
      take: (bytes: number) => {
        takeOfRate(bytes);
        return takeOfDay(tenant, bytes);
      },
    };
  };
  return {
    takeRequest: ({ id, rate }) => {
      const perSecond = rate?.requestsPerSecond ?? limits.requestsPerSecond;
      if (perSecond === undefined || id === undefined) return;
      const waitMs = requests.waitMs(id, perSecond, 1);
      if (waitMs > 0) throw exceeded(`${perSecond} requests/s`, waitMs);
      requests.take(id, perSecond, 1);
    },
    beginBody: ({ id, rate, tenant }) => {
      const perSecond = rate?.bytesPerSecond ?? limits.bytesPerSecond;
      if (perSecond === undefined || id === undefined)
        return tenantBytesPerDay === undefined ? undefined : createMeter(tenant, () => undefined);
      // How much a body takes is known when it was read: it may begin while there is anything left.
      const waitMs = bytesSent.waitMs(id, perSecond, 1);
      if (waitMs > 0) throw exceeded(`${perSecond} bytes/s of bodies`, waitMs);
      return createMeter(tenant, (bytes) => bytesSent.take(id, perSecond, bytes));
    },
  };
};
