import * as z from "zod/mini";
import { fieldValuesAnswerSchema } from "../answers.ts";
import { integerParameter } from "../parameter.ts";
import { defineRoute } from "../route.ts";
import { narrowing } from "./narrowing.ts";

export const fieldValues = defineRoute({
  operationId: "fieldValues",
  method: "GET",
  path: "/logs/fields/{name}",
  summary: "Lists the values of one field",
  description:
    "The most frequent values, with how many entries have each. Entries without the field are not counted.",
  scope: "read",
  params: {
    name: {
      description: "The field, as a query names it; encode it for a URL.",
      schema: z.string(),
      example: "http.status",
    },
  },
  query: {
    limit: integerParameter({
      description: "The most values.",
      min: 1,
      max: 1000,
      absent: 10,
      example: "20",
    }),
    ...narrowing,
  },
  queryExamples: ["", "limit=20&severity=error"],
  responses: {
    200: {
      description: "The values.",
      contentType: "application/json",
      schema: fieldValuesAnswerSchema,
      examples: {
        values: {
          summary: "Values of two types",
          value: {
            name: "http.status",
            values: [
              { value: 200, count: 960 },
              { value: 502, count: 31 },
              { value: "502", count: 2 },
            ],
            otherCount: 109,
            distinct: 7,
            complete: true,
          },
        },
      },
    },
  },
  errors: ["QUERY_INVALID", "SHUTTING_DOWN", "STORE_UNAVAILABLE", "STORE_BUSY"],
});
