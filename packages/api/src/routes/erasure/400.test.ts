import { expect, it } from "vitest";
import { describeOnHosts } from "../../test/hosts.ts";

describeOnHosts("GET /erasures/{erasureId} answers 400", (host) => {
  it("to a parameter that it does not have", async () => {
    const response = await host.fetch("/erasures/erasure-1?tenant=game-2");
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: "PARAMETER_UNKNOWN" });
  });
});
