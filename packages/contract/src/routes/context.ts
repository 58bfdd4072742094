import { limits } from "@log-service/core/limits";
import { contextAnswerSchema, logIdSchema } from "../answers.ts";
import { integerParameter, queryParameter } from "../parameter.ts";
import { defineRoute } from "../route.ts";
import { gameEntries } from "./examples.ts";

const [newest, middle, oldest] = gameEntries;

/** Both sides together are a page. */
const sideMax = limits.pageEntries.value / 2;

export const context = defineRoute({
  operationId: "context",
  method: "GET",
  path: "/logs/{logId}/context",
  summary: "Returns one entry with its neighbours",
  description: [
    "What happened right before and right after, in the total order of `(timestamp, logId)`, oldest first. A query",
    "narrows the neighbours, to those of the same player for example; the entry itself need not match it.",
  ].join("\n"),
  scope: "read",
  params: {
    logId: { description: "The entry's id.", schema: logIdSchema, example: middle.logId },
  },
  query: {
    before: integerParameter({
      description: "How many entries before it.",
      min: 0,
      max: sideMax,
      absent: 10,
      example: "5",
    }),
    after: integerParameter({
      description: "How many entries after it.",
      min: 0,
      max: sideMax,
      absent: 10,
      example: "5",
    }),
    q: queryParameter({
      description: "Only neighbours that match this query, as in `GET /logs`.",
      example: "match_id:m-7",
    }),
  },
  queryExamples: ["", "before=5&after=0&q=match_id:m-7"],
  responses: {
    200: {
      description: "The entry and its neighbours.",
      contentType: "application/json",
      schema: contextAnswerSchema,
      examples: {
        context: {
          summary: "An entry between two",
          value: { before: [oldest], entry: middle, after: [newest], complete: true },
        },
      },
    },
  },
  errors: [
    "QUERY_INVALID",
    "ENTRY_NOT_FOUND",
    "CHUNK_CORRUPT",
    "SHUTTING_DOWN",
    "STORE_UNAVAILABLE",
    "STORE_BUSY",
  ],
});
