import type { Retention } from "@log-service/core/service";
import { isTenant } from "../access/api-key.ts";

const dayMs = 86_400_000;
const daysMax = 36_500;

const names = {
  days: "LOG_SERVICE_RETENTION_DAYS",
  byTenant: "LOG_SERVICE_TENANT_RETENTION_DAYS",
} as const;

export const retentionSettings = [
  {
    name: names.days,
    flag: "--retention-days",
    default: "0",
    description:
      "How many days entries are kept: no request finds older ones, and they are deleted from the disk within a day; 0 keeps them for ever.",
  },
  {
    name: names.byTenant,
    default: "",
    description:
      "What holds for some tenants instead, as in `game-1=7,game-2=0`: tenant and days, with commas between.",
  },
] as const;

const days = (text: string): number | undefined =>
  /^\d{1,5}$/.test(text) && Number(text) <= daysMax ? Number(text) : undefined;

const toMs = (count: number): number => (count === 0 ? Number.POSITIVE_INFINITY : count * dayMs);

const parseByTenant = (text: string, problems: string[]) => {
  const parsed = new Map<string, { readonly ms: number; readonly setting: string }>();
  for (const part of text === "" ? [] : text.split(",")) {
    const [tenant = "", number = "", ...rest] = part.trim().split("=");
    const count = days(number);
    if (count === undefined || !isTenant(tenant) || rest.length > 0 || parsed.has(tenant))
      problems.push(
        `${names.byTenant} has ${JSON.stringify(part)}; each part must be a tenant, = and 0 to ${daysMax} days, each tenant once`,
      );
    else parsed.set(tenant, { ms: toMs(count), setting: `${names.byTenant}=${part.trim()}` });
  }
  return parsed;
};

/** How long entries are kept; undefined: for ever. Reports what is not a number of days. */
export const parseRetention = (
  text: (name: (typeof retentionSettings)[number]["name"]) => string,
  problems: string[],
): Retention | undefined => {
  const count = days(text(names.days));
  if (count === undefined)
    problems.push(
      `${names.days} is ${JSON.stringify(text(names.days))}; it must be an integer from 0 to ${daysMax}`,
    );
  const byTenant = parseByTenant(text(names.byTenant), problems);
  if (!count && byTenant.size === 0) return undefined;
  return { ms: toMs(count ?? 0), setting: `${names.days}=${count}`, byTenant };
};
