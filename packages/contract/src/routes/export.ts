import { choiceParameter } from "../parameter.ts";
import { defineRoute } from "../route.ts";
import { fieldsParameter } from "../stats-parameter.ts";
import { gameEntries } from "./examples.ts";
import { narrowing } from "./narrowing.ts";
import { orderParameter } from "./order.ts";

const [newest, next] = gameEntries;

// An `export` of this name would be a reserved word to whoever imports it.
export const exportRoute = defineRoute({
  operationId: "export",
  method: "GET",
  path: "/logs/export",
  summary: "Returns everything that matches, as a file",
  description: [
    "The entries of the range as they are found, in the total order of `(timestamp, logId)`, however many they are. NDJSON has",
    "the entries of `GET /logs`, one a line, and can be posted to `POST /logs` again. CSV is for spreadsheets: a text that one",
    "would run as a formula gets an apostrophe in front, and control characters become pictures of them, as in `␛`. An answer",
    "that is cut off is not complete: clients see an error of the connection. When a part of the store is damaged the rest is returned, and the last line says so: in NDJSON an object",
    "with `warnings` in place of an entry, in CSV records that begin with `#`.",
  ].join("\n"),
  scope: "read",
  query: {
    format: choiceParameter({
      description: "The format of the file.",
      choices: ["ndjson", "csv"],
      absent: "ndjson",
      example: "csv",
    }),
    columns: fieldsParameter({
      description:
        "The columns of a CSV: fields as a query names them, or `attributes` for all attributes as JSON; at most 200. Without it: `timestamp`, `severity`, `service`, `level`, `message`, `traceId`, `spanId`, `logId`, `attributes`.",
      max: 200,
      example: "timestamp,severity,message,player_id,latency_ms",
    }),
    ...narrowing,
    order: orderParameter,
  },
  queryExamples: [
    "from=-1h",
    "severity=error&order=oldest",
    "format=csv&columns=timestamp,message,player_id&q=player_id:*",
  ],
  responses: {
    200: {
      description: "The file.",
      contentType: "application/x-ndjson",
      examples: {
        lines: {
          summary: "Two entries",
          value: `${JSON.stringify(newest)}\n${JSON.stringify(next)}\n`,
        },
        damaged: {
          summary: "The end of a file from which something is missing",
          value:
            '{"warnings":[{"code":"CHUNK_CORRUPT","message":"the day 2026-11-21 is damaged and left out"}]}\n',
        },
      },
      alternatives: {
        "text/csv; charset=utf-8; header=present": {
          examples: {
            chosen: {
              summary: "Two entries, with columns=timestamp,severity,message,match_id",
              value: [
                "timestamp,severity,message,match_id\r\n",
                "2026-11-22T09:00:00.123Z,error,connection reset by peer,m-7\r\n",
                '2026-11-22T09:00:00.087Z,warning,"tick took 41 ms, budget is 33 ms",m-7\r\n',
              ].join(""),
            },
          },
        },
      },
    },
  },
  errors: ["QUERY_INVALID", "EXPORT_TOO_LARGE", "SHUTTING_DOWN", "STORE_UNAVAILABLE", "STORE_BUSY"],
});
