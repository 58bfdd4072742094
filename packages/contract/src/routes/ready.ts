import { readyAnswerSchema } from "../answers.ts";
import { defineRoute } from "../route.ts";

export const ready = defineRoute({
  operationId: "ready",
  method: "GET",
  path: "/ready",
  summary: "Says whether requests can be served now",
  description: "For a load balancer: it asks the store whether it can take and return entries.",
  scope: "none",
  responses: {
    200: {
      description: "Requests can be served.",
      contentType: "application/json",
      schema: readyAnswerSchema,
      examples: { ready: { summary: "Ready", value: { status: "ready", store: "sqlite" } } },
    },
  },
  errors: ["SHUTTING_DOWN", "STORE_UNAVAILABLE", "STORE_FULL", "STORE_BUSY"],
});
