import * as z from "zod/mini";
import { erasureAnswerSchema } from "../erasure-answer.ts";
import { defineRoute } from "../route.ts";
import { exampleErasureId, exampleErasures } from "./erase.ts";

const { done } = exampleErasures;

export const erasure = defineRoute({
  operationId: "erasure",
  method: "GET",
  path: "/erasures/{erasureId}",
  summary: "Tells how far an erasure is",
  description:
    "The report of an erasure of the key's tenant. Reports are kept; what was asked for is forgotten when the erasure ends.",
  scope: "admin",
  params: {
    erasureId: {
      description: "The `id` that `POST /erasures` answered.",
      schema: z.string(),
      example: exampleErasureId,
    },
  },
  query: {},
  responses: {
    200: {
      description: "The report.",
      contentType: "application/json",
      schema: erasureAnswerSchema,
      examples: {
        waiting: {
          summary: "It waits for what arrived last",
          value: exampleErasures.waiting,
        },
        done: { summary: "It is done", value: done },
        failed: {
          summary: "A part of the store is damaged",
          value: {
            ...done,
            state: "failed",
            left: [
              {
                part: "the chunk 01a2027b-d6fb-7c01-9f00-6b1e5a000002",
                reason: "it is damaged, and cannot be read",
              },
            ],
            leftCount: 1,
          },
        },
      },
    },
  },
  errors: ["ERASURE_NOT_FOUND", "SHUTTING_DOWN", "STORE_UNAVAILABLE", "STORE_BUSY"],
});
