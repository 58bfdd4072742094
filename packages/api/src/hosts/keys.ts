#!/usr/bin/env node
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { isLogServiceError } from "@log-service/core";
import { makeDataFolder } from "@log-service/stores/sqlite";
import { openKeyFile } from "../access/key-file.ts";
import { readLastUsed } from "../access/last-used.ts";
import { flagProblem } from "./flag-problem.ts";
import { create, list, revoke, rotate, UsageError } from "./keys/commands.ts";
import { missingFor, openOperatorTable } from "./keys/operator-table.ts";
import { fail } from "./node/fail.ts";

const usage = `usage: npm run keys -- create [--tenant default] --scope ingest,read [--expires-days 90] [--rate 100] [--byte-rate 1000000]
       npm run keys -- list
       npm run keys -- rotate ID [--overlap-hours 24]
       npm run keys -- revoke ID

--rate is in requests a second, --byte-rate in bytes of bodies a second; the server has defaults. --data FOLDER is the
server's data folder. On AWS: --aws-table NAME (the output keys_table_name) instead, with AWS_REGION and the operator's
credentials in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN; a change takes up to a minute to be noticed.`;

const options = {
  tenant: { type: "string", default: "default" },
  scope: { type: "string", default: "" },
  "expires-days": { type: "string" },
  rate: { type: "string" },
  "byte-rate": { type: "string" },
  "overlap-hours": { type: "string", default: "24" },
  "aws-table": { type: "string" },
  data: { type: "string", default: process.env.LOG_SERVICE_DATA ?? "data" },
  help: { type: "boolean", short: "h", default: false },
} as const;

const parse = () => {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return fail(flagProblem(error), usage);
  }
};

const { values, positionals } = parse();
const [command, id = ""] = positionals;
const { "aws-table": table, "expires-days": expiresDays } = values;
if (values.help) {
  console.log(usage);
  process.exit();
}
const missing = table === undefined ? undefined : missingFor(process.env);
if (missing !== undefined) fail(missing);
const folder = resolve(values.data);
const deps = {
  keys:
    table === undefined
      ? openKeyFile(join(folder, "keys.json"), Date.now)
      : openOperatorTable({ table, env: process.env }),
  now: Date.now,
  lastUsed: table === undefined ? await readLastUsed(join(folder, "keys-used.json")) : undefined,
};
const keyOptions = {
  ...values,
  expiresDays,
  rate: values.rate,
  byteRate: values["byte-rate"],
  overlapHours: values["overlap-hours"],
};

const commands = {
  create: () => {
    if (table === undefined) makeDataFolder(folder);
    return create(deps, keyOptions);
  },
  list: () => list(deps),
  rotate: () => rotate(deps, id, keyOptions),
  revoke: () => revoke(deps, id),
};

/** What AWS has said, which is for the operator alone: answers of the service never have it. */
const reasonOf = (error: unknown): string[] => {
  if (table === undefined || !isLogServiceError(error) || !(error.cause instanceof Error))
    return [];
  const { message, cause } = error.cause;
  // What fetch has to say of a lost line stands one further in.
  return [cause instanceof Error ? `${message}: ${cause.message}` : message];
};

const run = async () => {
  if (command === undefined) return fail(usage);
  if (!Object.hasOwn(commands, command)) return fail(`there is no command ${command}`, usage);
  return commands[command as keyof typeof commands](); // the line above has looked for it
};

const said = await run().catch((error: unknown) =>
  error instanceof UsageError ? fail(error.message) : fail(error, ...reasonOf(error)),
);
if (said.key !== undefined) {
  console.log(said.key);
  console.error(said.text);
} else console.log(said.text);
