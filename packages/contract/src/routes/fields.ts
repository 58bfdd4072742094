import { fieldsAnswerSchema } from "../answers.ts";
import { choiceParameter } from "../parameter.ts";
import { defineRoute } from "../route.ts";
import { narrowing } from "./narrowing.ts";

export const fields = defineRoute({
  operationId: "fields",
  method: "GET",
  path: "/logs/fields",
  summary: "Lists the fields that entries have",
  description:
    "Names as a query takes them, with how many entries have a value of which type. `timestamp` and `logId`, which all have, are left out.",
  scope: "read",
  query: {
    distinct: choiceParameter({
      description:
        "`true`: also how many different values each field has. It reads all values, where otherwise a directory is enough.",
      choices: ["true", "false"],
      absent: "false",
      example: "true",
    }),
    ...narrowing,
  },
  queryExamples: ["", "from=-1h&q=service:match*", "from=-15m&distinct=true"],
  responses: {
    200: {
      description: "The fields.",
      contentType: "application/json",
      schema: fieldsAnswerSchema,
      examples: {
        fields: {
          summary: "Some fields",
          value: {
            fields: [
              { name: "message", types: { string: 3000 }, count: 3000 },
              { name: "http.status", types: { number: 1100, string: 2 }, count: 1102, distinct: 7 },
              { name: "retry", types: { boolean: 40 }, count: 40, distinct: 1 },
            ],
            complete: true,
          },
        },
      },
    },
  },
  errors: ["QUERY_INVALID", "SHUTTING_DOWN", "STORE_UNAVAILABLE", "STORE_BUSY"],
});
