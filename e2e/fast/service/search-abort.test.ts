import { createMemoryStore } from "@log-service/stores/memory";
import { expect, it } from "vitest";
import { createTestService, fixedNow, ndjson } from "../../harness/service.ts";

const minuteMs = 60_000;
const minutes = 8;

it("a search whose client went away stops between two chunks", async () => {
  await using inner = createMemoryStore();
  let chunksRead = 0;
  const store = {
    ...inner,
    [Symbol.asyncDispose]: async () => undefined,
    async *scan(...request: Parameters<typeof inner.scan>) {
      for await (const slice of inner.scan(...request))
        yield slice.map((chunk) => ({
          ...chunk,
          bytes: (...options: Parameters<typeof chunk.bytes>) => {
            chunksRead++;
            return chunk.bytes(...options);
          },
        }));
    },
  };
  const client = new AbortController();
  let time = fixedNow;
  let turns = 0;
  await using service = createTestService({
    store,
    // Each look at the clock is a millisecond later: a few chunks take as long as a scan may keep others waiting.
    now: () => time++,
    nextTurn: async () => {
      turns++;
      if (chunksRead > 0) client.abort(new Error("the client went away"));
    },
  });
  for (let minute = 0; minute < minutes; minute++) {
    const entry = { severity: "info", message: "m", timestamp: fixedNow - minute * minuteMs };
    await service.ingest("default", { body: ndjson([entry]), format: "ndjson" });
  }
  const turnsBefore = turns;
  const page = service.search("default", {
    filter: { op: "contains", text: "nothing" },
    from: 0,
    to: 2 ** 48,
    order: "newest",
    limit: 10,
    parameters: {},
    signal: client.signal,
  });
  await expect(page).rejects.toThrow("the client went away");
  expect(turns).toBeGreaterThan(turnsBefore);
  expect(chunksRead).toBeGreaterThan(0);
  expect(chunksRead).toBeLessThan(minutes);
});
