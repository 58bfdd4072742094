import { expect, it } from "vitest";
import { describeOnHosts } from "../../test/hosts.ts";

describeOnHosts("health answers 200", (host) => {
  it("says that the process runs, also to a probe that adds parameters", async () => {
    const response = await host.fetch("/health?probe=1");
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: "ok" });
  });
});
