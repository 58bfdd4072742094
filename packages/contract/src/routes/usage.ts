import { timeParameter } from "../parameter.ts";
import { defineRoute } from "../route.ts";
import { usageAnswerSchema } from "../usage-answer.ts";

export const usage = defineRoute({
  operationId: "usage",
  method: "GET",
  path: "/usage",
  summary: "Tells what was sent, by day and service",
  description: [
    "Entries and bytes of the key's tenant, by the UTC day in which they arrived. A body's bytes are shared out by its entries.",
    "What is sent again counts its bytes and stores no entries. On one machine the counts are exact; a crash may lose the last",
    "second of them. On AWS they lag behind by some minutes.",
  ].join("\n"),
  scope: "read",
  query: {
    from: timeParameter({
      description: "A time in the first day; 30 days ago when left out.",
      example: "-7d",
    }),
    to: timeParameter({
      description: "A time in the last day; today when left out.",
      example: "2026-11-22T00:00:00Z",
    }),
  },
  queryExamples: ["from=-7d"],
  responses: {
    200: {
      description: "The days, each with its services.",
      contentType: "application/json",
      schema: usageAnswerSchema,
      examples: {
        days: {
          summary: "Two days",
          value: {
            from: "2026-11-21",
            to: "2026-11-22",
            days: [
              {
                day: "2026-11-22",
                entries: 1_204_551,
                bytes: 331_251_525,
                services: [
                  { service: "gateway", entries: 1_204_000, bytes: 331_100_000 },
                  { service: null, entries: 551, bytes: 151_525 },
                ],
              },
              {
                day: "2026-11-21",
                entries: 81_204,
                bytes: 22_331_100,
                services: [{ service: "match-server", entries: 81_204, bytes: 22_331_100 }],
              },
            ],
            total: { entries: 1_285_755, bytes: 353_582_625 },
          },
        },
      },
    },
  },
  errors: ["SHUTTING_DOWN", "STORE_UNAVAILABLE", "STORE_BUSY"],
});
