#!/usr/bin/env node
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Scope, scopes } from "../access/access.ts";
import { createApiKey, isTenant } from "../access/api-key.ts";
import { openKeyFile } from "../access/key-file.ts";
import { type KeyStore, openOperatorTable } from "./keys/operator-table.ts";
import { fail } from "./node/fail.ts";

const usage = `usage: npm run keys -- create [--tenant default] --scope ingest,read [--expires-days 90] [--data data]
       npm run keys -- list [--data data]
       npm run keys -- revoke ID [--data data]

On AWS: --aws-table NAME (the output keys_table_name) instead of --data, with AWS_REGION and the operator's credentials
in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN; a change takes up to a minute to be noticed.`;

const options = {
  tenant: { type: "string", default: "default" },
  scope: { type: "string", default: "" },
  "expires-days": { type: "string" },
  "aws-table": { type: "string" },
  data: { type: "string", default: process.env.LOG_SERVICE_DATA ?? "data" },
} as const;

const parse = () => {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return fail(error instanceof Error ? error.message : error, usage);
  }
};

const parseScopes = (text: string): Scope[] =>
  text.split(",").map((word) => {
    const scope = scopes.find((one) => one === word.trim());
    return (
      scope ?? fail(`--scope has ${JSON.stringify(word)}; it must be some of ${scopes}`, usage)
    );
  });

const parseExpiry = (days: string | undefined, now: number): number | undefined => {
  if (days === undefined) return undefined;
  if (!/^\d{1,5}$/.test(days) || days === "0")
    fail("--expires-days must be a number of days", usage);
  return now + Number(days) * 86_400_000;
};

const create = async (
  file: KeyStore,
  { tenant, scope, expiresDays }: Record<string, string | undefined>,
) => {
  if (!isTenant(tenant ?? ""))
    fail(`--tenant is ${JSON.stringify(tenant)}; it must match ^[a-z0-9][a-z0-9-]{0,63}$`);
  const createdAt = Date.now();
  const { text, record } = createApiKey({
    tenant: tenant ?? "",
    scopes: parseScopes(scope ?? ""),
    createdAt,
    expiresAt: parseExpiry(expiresDays, createdAt),
  });
  await file.add(record);
  console.log(text);
  console.error(
    "Keep it: it is not stored and cannot be shown again. From now on every request needs a key.",
  );
};

const list = async (file: KeyStore) => {
  const iso = (time: number | undefined) =>
    time === undefined ? "never" : new Date(time).toISOString();
  const rows = (await file.list()).map((key) => [
    key.id,
    key.tenant,
    key.scopes.join(","),
    iso(key.createdAt),
    iso(key.expiresAt),
  ]);
  const table = [["id", "tenant", "scopes", "created", "expires"], ...rows];
  const widthOf = (column: number) => Math.max(...table.map((row) => row[column]?.length ?? 0));
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widthOf(column)))
        .join("  ")
        .trimEnd(),
    );
};

const { values, positionals } = parse();
const [command, id] = positionals;
const table = values["aws-table"];
if (table !== undefined && !(process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION))
  fail("AWS_REGION is not set", usage);
const file =
  table === undefined
    ? openKeyFile(join(resolve(values.data), "keys.json"), Date.now)
    : openOperatorTable({ table, env: process.env });
switch (command) {
  case "create":
    await create(file, { ...values, expiresDays: values["expires-days"] });
    break;
  case "list":
    await list(file);
    break;
  case "revoke":
    if (!(await file.remove(id ?? ""))) fail(`there is no key ${JSON.stringify(id ?? "")}`, usage);
    console.log(`revoked ${id}`);
    break;
  default:
    fail(command === undefined ? "what to do?" : `there is no command ${command}`, usage);
}
