import { limits } from "@log-service/core/limits";
import { choiceParameter, textParameter } from "../parameter.ts";
import type { RouteRequest } from "../route.ts";

/**
 * What a server needs of the route to take a request. It is apart from the rest, which is documentation and would be a
 * fifth of the function that only ingests.
 */
export const ingestRequest = {
  operationId: "ingest",
  method: "POST",
  path: "/logs",
  scope: "ingest",
  query: {
    dedupe: choiceParameter({
      description:
        "With `content`, equal batches are the same batch: a repeat stores nothing. Every entry needs its own timestamp.",
      choices: ["content"],
      absent: undefined,
      example: "content",
    }),
    severity: choiceParameter({
      description:
        "The severity of each line of a plain text body, `info` when left out; other bodies carry their own.",
      choices: ["info", "warning", "error"],
      absent: undefined,
      example: "warning",
    }),
    service: textParameter({
      description: "The service of each line of a plain text body; other bodies carry their own.",
      max: limits.serviceLength.value,
      example: "dpkg",
    }),
  },
  headers: {
    "Idempotency-Key": textParameter({
      description:
        "Makes the request safe to repeat for 24 hours: the same key and body are stored once and answered alike.",
      max: limits.idempotencyKeyLength.value,
      code: "IDEMPOTENCY_KEY_INVALID",
      pattern: { shape: /^[\x21-\x7e]+$/, says: "it must be visible ASCII without spaces" },
      example: "8e03978e-40d5-43e8-bc93-6894a57f9324",
    }),
  },
} as const satisfies RouteRequest;
