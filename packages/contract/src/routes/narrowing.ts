import { limits } from "@log-service/core/limits";
import { listParameter, queryParameter, textParameter, timeParameter } from "../parameter.ts";

/** What narrows the entries that a route looks at; the same in all routes. */
export const narrowing = {
  q: queryParameter({
    description:
      "Only entries that match this query: words and phrases of the message, fields, numbers, `AND`, `OR`, `NOT`; see docs/query-language.md. Empty means everything. Encode it for a URL.",
    example: "connection latency_ms:>30 service:match*",
  }),
  severity: listParameter({
    description: "Only entries of these severities.",
    choices: ["info", "warning", "error"],
    example: "error,warning",
  }),
  service: textParameter({
    description: "Only entries of this service, compared exactly.",
    max: limits.serviceLength.value,
    example: "matchmaker",
  }),
  from: timeParameter({
    description:
      "Only entries at or after this time: ISO 8601 with a zone, epoch milliseconds, or relative like `-15m` (s, m, h, d, w).",
    example: "-15m",
  }),
  to: timeParameter({
    description: "Only entries before this time, in the same forms as `from`.",
    example: "2026-11-22T09:00:00.123Z",
  }),
};
