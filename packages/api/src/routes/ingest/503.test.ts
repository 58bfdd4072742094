import { LogServiceError } from "@log-service/core";
import { createMemoryStore } from "@log-service/stores/memory";
import { expect, it } from "vitest";
import { createBodyBudget } from "../../middleware/body-budget.ts";
import { describeOnHosts } from "../../test/hosts.ts";

const entry = { severity: "info", message: "hello" };

describeOnHosts("ingest answers 503", (host) => {
  it("says when to come back while the store is full, and takes entries again afterwards", async () => {
    const store = createMemoryStore();
    let isFull = true;
    const put: typeof store.put = async (chunks, options) => {
      if (isFull) throw new LogServiceError("STORE_FULL", "no room", { retryAfterMs: 5000 });
      return store.put(chunks, options);
    };
    await host.use({ store: { ...store, put, scan: store.scan.bind(store) } });
    const response = await host.post(entry);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(await response.json()).toMatchObject({ status: 503, code: "STORE_FULL" });
    isFull = false;
    expect((await host.post(entry)).status).toBe(201);
  });

  it("refuses a body for which there is no room, and gives the room back", async () => {
    const bodyBudget = createBodyBudget(1000);
    await host.use({ deps: { bodyBudget } });
    const response = await host.post({ ...entry, message: "m".repeat(2000) });
    expect(response.headers.get("retry-after")).toBe("1");
    expect(await response.json()).toMatchObject({ status: 503, code: "BUSY" });
    expect((await host.post(entry)).status).toBe(201);
    expect(bodyBudget.bytesInFlight).toBe(0);
  });
});
