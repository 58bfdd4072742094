// Queries that are made to be slow, over messages that are made for them: they are answered, wholly, in bounded time.
import { parse } from "@log-service/query";
import { createMemoryStore } from "@log-service/stores/memory";
import { afterAll, expect, it } from "vitest";
import { createTestService, fixedNow, ndjson } from "../../harness/service.ts";

const count = 2000;

const store = createMemoryStore();
const service = createTestService({ store });
afterAll(() => service[Symbol.asyncDispose]());
const entries = Array.from({ length: count }, (_, index) => ({
  severity: "info",
  message: `${"a".repeat(300)}${index % 2 === 0 ? "!" : ""}`,
  timestamp: fixedNow - index,
  player_id: `p-${index}`,
}));
await service.ingest("default", { body: ndjson(entries), format: "ndjson" });

const words = (prefix: string, join: string) =>
  Array.from({ length: 380 }, (_, index) => `${prefix}${index}`).join(join);

/** Far beyond what any of them takes, and far below what one takes that grows with the power of the text. */
const patienceMs = 15_000;

it.each([
  ["a regular expression that backtracks", "/(a+)+$/", count / 2],
  ["one that grows with the square", "/a+!/", count / 2],
  ["hundreds of alternatives", words("x", " OR "), 0],
  ["hundreds of values of a field", `player_id:(${words("p-", " OR ")})`, 380],
  ["hundreds of fields that nobody has", words("n:x", " OR "), 0],
  ["hundreds of negations", words("-x", " "), count],
  ["a phrase as long as a message", `"${"a".repeat(300)}!"`, count / 2],
  ["as many wildcards as fit", `message:${"a*".repeat(100)}!`, count / 2],
  ["numbers beyond all numbers", "latency_ms:>1e308", 0],
])(
  "%s",
  async (_, text, expected) => {
    const { filter, problems } = parse(text);
    expect(problems).toEqual([]);
    const { groups, isComplete } = await service.stats("default", {
      filter,
      from: 0,
      to: fixedNow + 1,
      measures: [{ name: "count" }],
      by: [],
      intervalMs: undefined,
      top: 1,
    });
    expect(isComplete).toBe(true);
    expect(groups[0]?.points[0]?.[1] ?? 0).toBe(expected);
  },
  patienceMs,
);
