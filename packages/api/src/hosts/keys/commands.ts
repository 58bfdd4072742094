import { type Scope, scopes } from "../../access/access.ts";
import { createApiKey, isTenant, type KeyRate, type KeyRecord } from "../../access/api-key.ts";
import { type KeyStore, rotateKey } from "../../access/key-store.ts";

/** What was asked for cannot be done; the message says why. */
export class UsageError extends Error {}

export interface KeyOptions {
  readonly tenant: string;
  readonly scope: string;
  readonly expiresDays: string | undefined;
  readonly rate: string | undefined;
  readonly byteRate: string | undefined;
  readonly overlapHours: string;
}

/** What a command prints: the text of a key for programs to take, and the rest for people. */
interface Said {
  readonly key?: string;
  readonly text: string;
}

interface CommandDeps {
  readonly keys: KeyStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** When keys were last used, by id; left out where nobody notes it. */
  readonly lastUsed?: Readonly<Record<string, number>> | undefined;
}

const parseScopes = (text: string): Scope[] => {
  if (text === "") throw new UsageError(`--scope is missing; it must be some of ${scopes}`);
  return text.split(",").map((word) => {
    const scope = scopes.find((one) => one === word.trim());
    if (scope === undefined)
      throw new UsageError(`--scope has ${JSON.stringify(word)}; it must be some of ${scopes}`);
    return scope;
  });
};

const parseNumber = (flag: string, text: string, unit: string, min = 1): number => {
  const value = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min) return value;
  throw new UsageError(`${flag} is ${JSON.stringify(text)}; it must be a number of ${unit}`);
};

const parseRate = ({ rate, byteRate }: KeyOptions): KeyRate | undefined =>
  rate === undefined && byteRate === undefined
    ? undefined
    : {
        ...(rate !== undefined && {
          requestsPerSecond: parseNumber("--rate", rate, "requests a second"),
        }),
        ...(byteRate !== undefined && {
          bytesPerSecond: parseNumber("--byte-rate", byteRate, "bytes a second"),
        }),
      };

const keepIt = "Keep it: it is not stored and cannot be shown again.";

export const create = async ({ keys, now }: CommandDeps, options: KeyOptions): Promise<Said> => {
  const { tenant, scope, expiresDays } = options;
  if (!isTenant(tenant))
    throw new UsageError(
      `--tenant is ${JSON.stringify(tenant)}; it must match ^[a-z0-9][a-z0-9-]{0,63}$`,
    );
  const createdAt = now();
  const days =
    expiresDays === undefined ? undefined : parseNumber("--expires-days", expiresDays, "days");
  const rate = parseRate(options);
  const { text, record } = createApiKey({
    tenant,
    scopes: parseScopes(scope),
    createdAt,
    ...(days !== undefined && { expiresAt: createdAt + days * 86_400_000 }),
    ...(rate && { rate }),
  });
  await keys.add(record);
  return { key: text, text: `${keepIt} From now on every request needs a key.` };
};

const missing = (id: string) => new UsageError(`there is no key ${JSON.stringify(id)}`);

export const rotate = async (
  { keys, now }: CommandDeps,
  id: string,
  { overlapHours }: KeyOptions,
): Promise<Said> => {
  const overlapMs = parseNumber("--overlap-hours", overlapHours, "hours", 0) * 3_600_000;
  const rotated = await rotateKey(keys, id, { now: now(), overlapMs });
  if (rotated === undefined) throw missing(id);
  const { text, oldEndsAt } = rotated;
  return { key: text, text: `${keepIt} ${id} works until ${new Date(oldEndsAt).toISOString()}.` };
};

export const revoke = async ({ keys }: CommandDeps, id: string): Promise<Said> => {
  if (!(await keys.remove(id))) throw missing(id);
  return { text: `revoked ${id}` };
};

const iso = (time: number | undefined): string =>
  time === undefined ? "never" : new Date(time).toISOString();

const rateText = ({ rate }: KeyRecord): string => {
  const { requestsPerSecond, bytesPerSecond } = rate ?? {};
  const parts = [
    ...(requestsPerSecond === undefined ? [] : [`${requestsPerSecond} requests/s`]),
    ...(bytesPerSecond === undefined ? [] : [`${bytesPerSecond} bytes/s`]),
  ];
  return parts.join(", ") || "default";
};

export const list = async ({ keys, now, lastUsed }: CommandDeps): Promise<Said> => {
  const endOf = ({ expiresAt }: KeyRecord) =>
    expiresAt !== undefined && expiresAt <= now() ? `${iso(expiresAt)} (over)` : iso(expiresAt);
  const rows = (await keys.list()).map((key) => [
    key.id,
    key.tenant,
    key.scopes.join(","),
    rateText(key),
    iso(key.createdAt),
    endOf(key),
    ...(lastUsed ? [iso(lastUsed[key.id])] : []),
  ]);
  const head = ["id", "tenant", "scopes", "rate", "created", "expires"];
  const table = [[...head, ...(lastUsed ? ["last used"] : [])], ...rows];
  const widthOf = (column: number) => Math.max(...table.map((row) => row[column]?.length ?? 0));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widthOf(column)))
      .join("  ")
      .trimEnd(),
  );
  return { text: lines.join("\n") };
};
