import { healthAnswerSchema } from "../answers.ts";
import { defineRoute } from "../route.ts";

export const health = defineRoute({
  operationId: "health",
  method: "GET",
  path: "/health",
  summary: "Says that the process runs",
  description:
    "For a supervisor: when it does not answer, restart the process. It asks nothing of the store.",
  scope: "none",
  responses: {
    200: {
      description: "The process runs.",
      contentType: "application/json",
      schema: healthAnswerSchema,
      examples: { ok: { summary: "Running", value: { status: "ok" } } },
    },
  },
  errors: [],
});
