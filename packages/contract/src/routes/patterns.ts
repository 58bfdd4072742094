import { compareParameter } from "../compare-parameter.ts";
import { integerParameter } from "../parameter.ts";
import { patternsAnswerSchema } from "../patterns-answer.ts";
import { defineRoute } from "../route.ts";
import { gameEntries } from "./examples.ts";
import { narrowing } from "./narrowing.ts";

const to = Date.UTC(2026, 10, 22, 9);
const hour = 3_600_000;
const [{ logId }, slow] = gameEntries;

export const patterns = defineRoute({
  operationId: "patterns",
  method: "GET",
  path: "/logs/patterns",
  summary: "Groups messages by their shape, and compares two ranges",
  description: [
    "Messages that differ in numbers, ids, addresses, times and quoted values only are one pattern; words that vary",
    "become `<*>`. Each pattern comes with a query that finds its entries. `compareTo` says what is new, gone, grown",
    "and shrunk. See docs/patterns.md.",
  ].join("\n"),
  scope: "read",
  query: {
    top: integerParameter({
      description: "How many patterns; the rest is in `other`.",
      min: 1,
      max: 1000,
      absent: 100,
      example: "20",
    }),
    compareTo: compareParameter({
      description:
        "Another range: `previous` (as long, right before `from`), a time back like `-1d` (the same range, a day earlier), or two times like `-2h..-1h`, each in the forms of `from`. The first two need `from`.",
      example: "previous",
    }),
    ...narrowing,
  },
  queryExamples: [
    "from=-1h&severity=error",
    "from=-15m&compareTo=previous",
    "from=-1h&compareTo=-1d&q=service:matchmaker&top=20",
  ],
  responses: {
    200: {
      description: "The patterns.",
      contentType: "application/json",
      schema: patternsAnswerSchema,
      examples: {
        patterns: {
          summary: "The most frequent patterns of an hour",
          value: {
            from: to - hour,
            to,
            total: 4000,
            patterns: [
              {
                pattern: "tick took <num> ms, budget is <num> ms",
                hash: "e18e8b02bb191dae",
                query: '"tick took" "ms, budget is"',
                count: 3000,
                share: 0.75,
                firstSeen: "2026-11-22T08:00:00.016Z",
                lastSeen: "2026-11-22T08:59:59.990Z",
                severities: { info: 0, warning: 3000, error: 0 },
                example: { logId: slow.logId, message: slow.message },
              },
            ],
            other: { count: 1000, share: 0.25 },
            complete: true,
          },
        },
        compared: {
          summary: "What an hour has that the one before had not",
          value: {
            from: to - hour,
            to,
            compareTo: { from: to - 2 * hour, to: to - hour },
            total: 4000,
            patterns: [
              {
                pattern: "connection reset by peer",
                hash: "b06bf622faa9a051",
                query: '"connection reset by peer"',
                count: 4000,
                share: 1,
                firstSeen: "2026-11-22T08:41:07.500Z",
                lastSeen: "2026-11-22T08:59:59.123Z",
                severities: { info: 0, warning: 0, error: 4000 },
                example: { logId, message: "connection reset by peer" },
                change: "new",
                before: { count: 0, share: 0 },
              },
            ],
            other: { count: 0, share: 0 },
            complete: true,
          },
        },
      },
    },
  },
  errors: ["QUERY_INVALID", "SHUTTING_DOWN", "STORE_UNAVAILABLE", "STORE_BUSY"],
});
