import { limits } from "@log-service/core/limits";
import { tailAnswerSchema } from "../answers.ts";
import { integerParameter, textParameter } from "../parameter.ts";
import { defineRoute } from "../route.ts";
import { gameEntries } from "./examples.ts";
import { narrowing } from "./narrowing.ts";

const [newest, , oldest] = gameEntries;

const cursorExample = "1~Hq0xVfQyWm3T~mZ4rT0bQkE2a~1k3f9xq0z-2s";

/** The longest cursor: a store that remembers what it has returned writes that into it. */
const cursorLengthMax = 2000;

export const tail = defineRoute({
  operationId: "tail",
  method: "GET",
  path: "/logs/tail",
  summary: "Follows new entries as they arrive",
  description: [
    "Every entry once, in the order of arrival, whatever its timestamp. Without a cursor the tail begins now; ask again with",
    "`cursor` set to `nextCursor`, after `retryAfterMs`. With `wait` the server answers when something has arrived, or after so",
    "many seconds without. With `Accept: text/event-stream` it keeps the connection and sends each entry as an event, whose `id`",
    "is a cursor: `EventSource` goes on from there by itself, by `Last-Event-ID`. A tail that was away for longer than 15 minutes",
    "is told by `resync` (an event of that name in a stream) that entries may be missing in it; `GET /logs` has them. On AWS",
    "waiting is billed: the answer comes at once, also to an `EventSource`, which asks again; what arrives more than two minutes",
    "late is not in the tail there.",
  ].join("\n"),
  scope: "read",
  query: {
    q: narrowing.q,
    severity: narrowing.severity,
    service: narrowing.service,
    wait: integerParameter({
      description: "The seconds to wait when nothing has arrived yet.",
      min: 0,
      max: 30,
      absent: 0,
      example: "20",
    }),
    limit: integerParameter({
      description: "The most entries in the answer.",
      min: 1,
      max: limits.pageEntries.value,
      absent: limits.pageEntries.value,
      example: "100",
    }),
    cursor: textParameter({
      description: "The `nextCursor` of the answer before. Opaque.",
      max: cursorLengthMax,
      code: "CURSOR_INVALID",
      example: cursorExample,
    }),
  },
  queryExamples: ["", "severity=error&wait=0", "q=latency_ms:%3E250+service:match*"],
  headers: {
    "last-event-id": textParameter({
      description:
        "A cursor, as `EventSource` sends it when it connects again; it counts more than `cursor`.",
      max: cursorLengthMax,
      code: "CURSOR_INVALID",
      example: cursorExample,
    }),
  },
  responses: {
    200: {
      description: "What has arrived.",
      contentType: "application/json",
      schema: tailAnswerSchema,
      examples: {
        entries: {
          summary: "Two entries, the second of them late",
          value: { logs: [newest, oldest], nextCursor: cursorExample, retryAfterMs: 100 },
        },
        nothing: {
          summary: "Nothing has arrived",
          value: { logs: [], nextCursor: cursorExample, retryAfterMs: 1000 },
        },
        resync: {
          summary: "The cursor was too old: the tail begins anew",
          value: { logs: [], nextCursor: cursorExample, retryAfterMs: 0, resync: true },
        },
      },
      alternatives: {
        "text/event-stream": {
          examples: {
            stream: {
              summary: "The beginning of a stream, an entry, and a sign of life",
              value: [
                "retry: 1000",
                `id: ${cursorExample}`,
                "",
                "event: entry",
                `id: ${cursorExample}`,
                `data: ${JSON.stringify(newest)}`,
                "",
                ": keep-alive",
                `id: ${cursorExample}`,
                "",
                "",
              ].join("\n"),
            },
          },
        },
      },
    },
  },
  errors: ["QUERY_INVALID", "CURSOR_MISMATCH", "SHUTTING_DOWN", "STORE_UNAVAILABLE", "STORE_BUSY"],
});
