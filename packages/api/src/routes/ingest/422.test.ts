import { expect, it } from "vitest";
import { describeOnHosts } from "../../test/hosts.ts";

describeOnHosts("ingest answers 422", (host) => {
  it("refuses an Idempotency-Key that was used with another body", async () => {
    const headers = { "content-type": "application/json", "idempotency-key": "key-1" };
    const send = (message: string) =>
      host.fetch("/logs", {
        method: "POST",
        headers,
        body: JSON.stringify({ severity: "info", message }),
      });
    expect((await send("one")).status).toBe(201);
    const response = await send("two");
    expect(await response.json()).toMatchObject({ status: 422, code: "IDEMPOTENCY_KEY_REUSED" });
    expect(await (await host.fetch("/logs")).json()).toMatchObject({ count: 1 });
  });
});
