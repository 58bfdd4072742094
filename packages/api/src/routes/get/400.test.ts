import { expect, it } from "vitest";
import { describeOnHosts } from "../../test/hosts.ts";

describeOnHosts("get answers 400", (host) => {
  it("refuses a parameter, since it has none", async () => {
    const response = await host.fetch("/logs/019ab5c2-7d3e-7c01-9f00-6b1e5a000003?limit=1");
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: "PARAMETER_UNKNOWN", status: 400 });
  });
});
