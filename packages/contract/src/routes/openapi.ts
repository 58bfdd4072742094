import * as z from "zod/mini";
import { defineRoute } from "../route.ts";

export const openapi = defineRoute({
  operationId: "openapi",
  method: "GET",
  path: "/openapi.json",
  summary: "Returns the description of this API",
  description: "An OpenAPI 3.1 document, derived from the same routes that the server serves.",
  scope: "none",
  responses: {
    200: {
      description: "The document.",
      contentType: "application/json",
      schema: z.looseObject({
        openapi: z.string().check(z.startsWith("3.1.")),
        info: z.looseObject({ title: z.string(), version: z.string() }),
        paths: z.record(z.string(), z.unknown()),
      }),
      examples: {
        document: {
          summary: "Its head",
          value: {
            openapi: "3.1.1",
            info: { title: "Log Service", version: "0.1.0" },
            paths: { "/logs": {} },
          },
        },
      },
    },
  },
  errors: [],
});
