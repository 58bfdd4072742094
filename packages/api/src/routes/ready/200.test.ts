import { expect, it } from "vitest";
import { describeOnHosts } from "../../test/hosts.ts";

describeOnHosts("ready answers 200", (host) => {
  it("names the store that takes and returns entries", async () => {
    const response = await host.fetch("/ready");
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: "ready", store: "memory" });
  });
});
