import {
  idempotencyKeptMs,
  limits,
  pageBytesMax,
  pageEntriesDefault,
  rejectedListed,
} from "@log-service/core";
import { requestLimits } from "../packages/api/src/hosts/node/request-limits.ts";
import { code, madeBy, page, table } from "./markdown.ts";

const number = new Intl.NumberFormat("en-US");

const amount = (value: number, unit: string): string =>
  unit === "ms" ? `${number.format(value / 60_000)} minutes` : `${number.format(value)} ${unit}`;

const rows = () =>
  Object.entries(limits).map(([name, { value, unit, reason, code: error }]) => [
    code(name),
    amount(value, unit),
    reason,
    code(error),
  ]);

const requestRows = () =>
  Object.entries(requestLimits).map(([name, { value, unit, reason, outcome }]) => [
    code(name),
    amount(value, unit),
    reason,
    outcome,
  ]);

const mib = 1024 * 1024;

export const limitsReference = (): string =>
  page([
    madeBy(
      "`packages/core/src/entry/limits.ts` and `packages/api/src/hosts/node/request-limits.ts`",
    ),
    "# Limits",
    "What is beyond a limit is refused with the code beside it, and the answer names the value and the limit. A host may\nset smaller limits for bodies, never larger ones. Characters are UTF-16 code units; bytes are those of UTF-8.",
    table(["Limit", "At most", "Why", "Code"], rows()),
    "Answers have bounds too:",
    [
      `- A page has ${pageEntriesDefault} entries unless \`limit\` says otherwise, and ends early, with a cursor, before its JSON grows beyond ${pageBytesMax / mib} MiB.`,
      `- An answer lists the first ${rejectedListed} refused entries; \`rejectedCount\` counts them all.`,
      `- An \`Idempotency-Key\` is remembered for ${idempotencyKeptMs / 3_600_000} hours.`,
    ].join("\n"),
    "The server that `npm start` runs looks at connections and heads before anything else; what is beyond these has an answer\nwithout a body, or none. How many connections there may be, and how long a whole request may take, are\n[settings](configuration.md).",
    table(["Limit", "At most", "Why", "Beyond it"], requestRows()),
  ]);
