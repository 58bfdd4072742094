import { limits, pageEntriesDefault } from "@log-service/core/limits";
import { searchAnswerSchema } from "../answers.ts";
import { integerParameter, textParameter } from "../parameter.ts";
import { defineRoute } from "../route.ts";
import { gameEntries } from "./examples.ts";
import { narrowing } from "./narrowing.ts";
import { orderParameter } from "./order.ts";

export const search = defineRoute({
  operationId: "search",
  method: "GET",
  path: "/logs",
  summary: "Returns the newest entries, or those that match",
  description: [
    "Newest first, in the total order of `(timestamp, logId)`. Pages follow each other without gaps or repeats, also",
    "while new entries arrive: ask again with `cursor` set to the `nextCursor` of the page before and everything else",
    "but `limit` as it was. A page may be shorter than `limit` and still have a `nextCursor`; the end has none.",
  ].join("\n"),
  scope: "read",
  query: {
    ...narrowing,
    order: orderParameter,
    limit: integerParameter({
      description: "The most entries in the page.",
      min: 1,
      max: limits.pageEntries.value,
      absent: pageEntriesDefault,
      example: "20",
    }),
    cursor: textParameter({
      description: "The `nextCursor` of the page before. Opaque.",
      max: 2000,
      code: "CURSOR_INVALID",
      example: "eyJ2IjoxfQ",
    }),
  },
  queryExamples: [
    "",
    "severity=error,warning&from=-15m",
    "service=matchmaker&order=oldest&limit=20",
    "q=connection+latency_ms:%3E30",
    "q=%22reset+by+peer%22+-service:chat&from=-1h",
  ],
  responses: {
    200: {
      description: "A page of entries.",
      contentType: "application/json",
      schema: searchAnswerSchema,
      examples: {
        page: {
          summary: "A page",
          value: { count: 3, logs: [...gameEntries], nextCursor: "eyJ2IjoxfQ", complete: true },
        },
        end: {
          summary: "Nothing matches",
          value: { count: 0, logs: [], nextCursor: null, complete: true },
        },
        incomplete: {
          summary: "The budget ran out before the page was full",
          value: {
            count: 1,
            logs: [gameEntries[0]],
            nextCursor: "eyJ2IjoxfQ",
            complete: false,
            scannedTo: Date.UTC(2026, 10, 22, 8, 41),
            warnings: [
              {
                code: "BUDGET_SPENT",
                message: "the search stopped before the page was full; go on with nextCursor",
              },
            ],
          },
        },
        hint: {
          summary: "A query that may not mean what was meant",
          value: {
            count: 0,
            logs: [],
            nextCursor: null,
            complete: true,
            warnings: [
              {
                code: "QUERY_HINT",
                message:
                  "at 8 of q: this looks for the word or; the operator is OR; you may have meant OR",
              },
            ],
          },
        },
        damaged: {
          summary: "A page with a warning",
          value: {
            count: 1,
            logs: [gameEntries[0]],
            nextCursor: null,
            complete: true,
            warnings: [
              { code: "CHUNK_CORRUPT", message: "a chunk of 2026-11-22 is damaged and left out" },
            ],
          },
        },
      },
    },
  },
  errors: ["QUERY_INVALID", "CURSOR_MISMATCH", "SHUTTING_DOWN", "STORE_UNAVAILABLE", "STORE_BUSY"],
});
