import type { Limits } from "../access/quotas.ts";

const dayLimit = {
  name: "LOG_SERVICE_TENANT_BYTES_PER_DAY",
  default: "0",
  description:
    "The bytes of bodies, after decompression, that each tenant may send in a UTC day; 0 sets no limit.",
} as const;

/** What both hosts can hold senders to. */
export const dayLimitSettings = [dayLimit] as const;

/** What one process can hold senders to: on AWS nobody counts what many environments take in a second. */
export const limitSettings = [
  {
    name: "LOG_SERVICE_KEY_REQUESTS_PER_SECOND",
    default: "0",
    description:
      "The requests that each key may send in a second, unless it says another number; 0 sets no limit.",
  },
  {
    name: "LOG_SERVICE_KEY_BYTES_PER_SECOND",
    default: "0",
    description:
      "The bytes of bodies, after decompression, that each key may send in a second, unless it says another number; 0 sets no limit.",
  },
  dayLimit,
] as const;

type LimitName = (typeof limitSettings)[number]["name"];

const orNone = (value: number): number | undefined => (value === 0 ? undefined : value);

/** The limits that are set. `integer` reads a setting, and reports what is none. */
export const parseDayLimit = (
  integer: (name: (typeof dayLimit)["name"], min: number, max: number) => number,
): Limits => ({
  tenantBytesPerDay: orNone(integer("LOG_SERVICE_TENANT_BYTES_PER_DAY", 0, 1e15 - 1)),
});

export const parseLimits = (
  integer: (name: LimitName, min: number, max: number) => number,
): Limits => ({
  requestsPerSecond: orNone(integer("LOG_SERVICE_KEY_REQUESTS_PER_SECOND", 0, 1e9)),
  bytesPerSecond: orNone(integer("LOG_SERVICE_KEY_BYTES_PER_SECOND", 0, 1e12)),
  ...parseDayLimit(integer),
});
