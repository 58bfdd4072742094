import { limits } from "@log-service/core/limits";
import * as z from "zod/mini";
import { ingestManyAnswerSchema, ingestOneAnswerSchema } from "../answers.ts";
import { postedEntrySchema } from "../entry/schema.ts";
import { refusedEntry } from "../error-guide.ts";
import { defineRoute } from "../route.ts";
import { gameEntries, postedEntry, postedLine } from "./examples.ts";
import { ingestRequest } from "./ingest-request.ts";

export const ingest = defineRoute({
  ...ingestRequest,
  summary: "Stores one entry, or many",
  description: [
    "One entry as a JSON object, or a batch: a JSON array, NDJSON (one entry a line), or plain text (one message a line).",
    "A 2xx means that the entries are durable. A bad entry does not sink its batch: it is listed in `rejected`, and the",
    "others are stored. A repeated request stores its entries again, unless it carries an `Idempotency-Key`, or says",
    "`dedupe=content`. A body without a content type is read as JSON.",
  ].join("\n"),
  body: {
    description: "An entry or a batch of entries.",
    encodings: ["gzip", "deflate", "br", "zstd"],
    contents: {
      "application/json": {
        schema: z.union([
          postedEntrySchema,
          z.array(postedEntrySchema).check(z.minLength(1), z.maxLength(limits.batchEntries.value)),
        ]),
        examples: {
          one: { summary: "One entry", value: postedEntry },
          many: { summary: "A batch", value: [postedEntry, postedLine] },
        },
      },
      "application/x-ndjson": {
        description: "One JSON object a line; empty lines are passed over.",
        examples: {
          lines: {
            summary: "Two lines",
            value: `${JSON.stringify(postedEntry)}\n${JSON.stringify(postedLine)}\n`,
          },
        },
      },
      "text/plain": {
        description: "One message a line; empty lines are passed over.",
        examples: {
          lines: {
            summary: "Lines of a log file",
            value:
              "2026-11-22 08:59:58 startup archives unpack\n2026-11-22 09:00:00 status installed\n",
          },
        },
      },
    },
  },
  responses: {
    201: {
      description: "Stored: all of it, or what was not refused.",
      contentType: "application/json",
      schema: z.union([ingestOneAnswerSchema, ingestManyAnswerSchema]),
      examples: {
        one: {
          summary: "One entry",
          value: { logId: gameEntries[0].logId, timestamp: gameEntries[0].timestamp },
        },
        many: { summary: "A batch", value: { accepted: 1000, rejectedCount: 0, rejected: [] } },
        some: {
          summary: "A batch with a bad entry",
          value: { accepted: 1, rejectedCount: 1, rejected: [refusedEntry] },
        },
        duplicate: {
          summary: "A batch that was stored before",
          value: { accepted: 1000, rejectedCount: 0, rejected: [], duplicate: true },
        },
      },
    },
  },
  errors: [
    "ENTRY_INVALID",
    "ENTRY_NOT_OBJECT",
    "BATCH_EMPTY",
    "BATCH_ALL_REJECTED",
    "BATCH_TOO_LARGE",
    "BODY_INVALID",
    "BODY_TOO_LARGE",
    "BODY_TIMEOUT",
    "CONTENT_TYPE_UNSUPPORTED",
    "CONTENT_ENCODING_UNSUPPORTED",
    "IDEMPOTENCY_KEY_REUSED",
    "QUOTA_EXCEEDED",
    "BUSY",
    "SHUTTING_DOWN",
    "STORE_UNAVAILABLE",
    "STORE_FULL",
    "STORE_BUSY",
  ],
  problemCodes: [
    "ENTRY_NOT_OBJECT",
    "ENTRY_NOT_JSON",
    "ENTRY_NOT_UTF8",
    "ENTRY_TOO_LARGE",
    "FIELD_REQUIRED",
    "FIELD_TYPE_INVALID",
    "FIELD_TOO_LONG",
    "SEVERITY_INVALID",
    "MESSAGE_EMPTY",
    "MESSAGE_TOO_LARGE",
    "TIMESTAMP_INVALID",
    "TIMESTAMP_TOO_FAR_AHEAD",
    "TIMESTAMP_TOO_OLD",
    "TIMESTAMP_REQUIRED",
    "ATTRIBUTE_NAME_TOO_LONG",
    "ATTRIBUTE_VALUE_TOO_LARGE",
    "TOO_MANY_ATTRIBUTES",
    "ATTRIBUTES_TOO_DEEP",
  ],
});
