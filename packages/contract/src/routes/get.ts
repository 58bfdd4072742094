import { logEntrySchema, logIdSchema } from "../answers.ts";
import { defineRoute } from "../route.ts";
import { gameEntries } from "./examples.ts";

export const get = defineRoute({
  operationId: "get",
  method: "GET",
  path: "/logs/{logId}",
  summary: "Returns one entry by its id",
  description:
    "An id leads to its entry for ever. An id that is not one, or is another tenant's, is answered as if it did not exist.",
  scope: "read",
  params: {
    logId: {
      description: "The entry's id.",
      schema: logIdSchema,
      example: gameEntries[0].logId,
    },
  },
  query: {},
  responses: {
    200: {
      description: "The entry.",
      contentType: "application/json",
      schema: logEntrySchema,
      examples: { entry: { summary: "An entry", value: gameEntries[0] } },
    },
  },
  errors: ["ENTRY_NOT_FOUND", "CHUNK_CORRUPT", "SHUTTING_DOWN", "STORE_UNAVAILABLE", "STORE_BUSY"],
});
