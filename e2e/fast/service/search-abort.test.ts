import { createMemoryStore } from "@log-service/stores/memory";
import { expect, it } from "vitest";
import { withChangedBytes } from "../../harness/changed-bytes.ts";
import { createTestService, fixedNow, leavingClient, ndjson } from "../../harness/service.ts";

const minuteMs = 60_000;
const minutes = 8;

it("a search whose client went away stops between two chunks", async () => {
  let chunksRead = 0;
  await using store = withChangedBytes(createMemoryStore(), (bytes) => {
    chunksRead++;
    return bytes;
  });
  let turns = 0;
  const { signal, ...client } = leavingClient(() => {
    turns++;
    return chunksRead > 0;
  });
  await using service = createTestService({ store, ...client });
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
    signal,
  });
  await expect(page).rejects.toThrow("the client went away");
  expect(turns).toBeGreaterThan(turnsBefore);
  expect(chunksRead).toBeGreaterThan(0);
  expect(chunksRead).toBeLessThan(minutes);
});
