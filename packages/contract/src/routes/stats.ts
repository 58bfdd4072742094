import { statsAnswerSchema } from "../answers.ts";
import { integerParameter } from "../parameter.ts";
import { defineRoute } from "../route.ts";
import { fieldsParameter, intervalParameter, measuresParameter } from "../stats-parameter.ts";
import { narrowing } from "./narrowing.ts";

const from = Date.UTC(2026, 10, 22, 8, 58);
const minute = 60_000;

export const stats = defineRoute({
  operationId: "stats",
  method: "GET",
  path: "/logs/stats",
  summary: "Counts and measures entries, over time and by groups",
  description: [
    "Counts what matches, and measures numeric fields: a time series with `interval`, a table without. A percentile is",
    "within 1 % of a value that is there. Counts by severity are read from metadata, without the entries.",
  ].join("\n"),
  scope: "read",
  query: {
    measure: measuresParameter({
      description:
        "What to compute: `count` (also when left out), and `sum`, `min`, `max`, `avg`, `p50`, `p95`, `p99` of a numeric field.",
      example: "count,p95(latency_ms)",
    }),
    by: fieldsParameter({
      description: "A group for each combination of the values of these fields; at most 4.",
      example: "service,severity",
    }),
    interval: intervalParameter({
      description: "A point for each interval of this length; without it there is one point.",
      example: "1m",
    }),
    top: integerParameter({
      description: "How many groups; the rest is in `other`.",
      min: 1,
      max: 1000,
      absent: 10,
      example: "5",
    }),
    ...narrowing,
  },
  queryExamples: [
    "by=severity&interval=1m&from=-1h",
    "measure=count,p95(latency_ms)&by=service&interval=1h&q=latency_ms:*",
    "by=match_id&top=5&severity=error",
  ],
  responses: {
    200: {
      description: "The groups, each with its points.",
      contentType: "application/json",
      schema: statsAnswerSchema,
      examples: {
        series: {
          summary: "Entries and latency by service, minute by minute",
          value: {
            from,
            to: from + 2 * minute,
            intervalMs: minute,
            groups: [
              {
                by: { service: "gateway" },
                points: [
                  [from, 1290, 61.5],
                  [from + minute, 1312, 64.1],
                ],
              },
              { by: { service: "match-server" }, points: [[from, 402, null]] },
            ],
            other: { points: [[from, 77, 12.9]] },
            complete: true,
          },
        },
        incomplete: {
          summary: "The budget ran out",
          value: {
            from,
            to: from + 60 * minute,
            intervalMs: null,
            groups: [{ by: {}, points: [[from, 1_204_551]] }],
            complete: false,
            scannedTo: from + 41 * minute,
            warnings: [
              {
                code: "BUDGET_SPENT",
                message:
                  "the budget ran out before the whole range was read; go on with from=scannedTo",
              },
            ],
          },
        },
      },
    },
  },
  errors: ["QUERY_INVALID", "SHUTTING_DOWN", "STORE_UNAVAILABLE", "STORE_BUSY"],
});
