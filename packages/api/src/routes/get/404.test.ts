import type { IngestOneAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { describeOnHosts, json } from "../../test/hosts.ts";

describeOnHosts("get answers 404", (host) => {
  it.each([
    "019ab5c2-7d3e-7c01-9f00-6b1e5a000003",
    "not-an-id",
    "019ab5c2-7d3e-4c01-9f00-6b1e5a000003",
  ])("has nothing under %s", async (logId) => {
    const response = await host.fetch(`/logs/${logId}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: "ENTRY_NOT_FOUND" });
  });

  it("has nothing behind the last entry of a chunk", async () => {
    const { logId } = await json<IngestOneAnswer>(host.post({ severity: "info", message: "only" }));
    const next = logId.slice(0, -1) + (Number.parseInt(logId.slice(-1), 16) ^ 1).toString(16);
    expect((await host.fetch(`/logs/${next}`)).status).toBe(404);
  });
});
