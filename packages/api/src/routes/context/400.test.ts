import { expect, it } from "vitest";
import { describeOnHosts } from "../../test/hosts.ts";

describeOnHosts("context answers 400", (host) => {
  it.each([
    ["before=-1", "PARAMETER_INVALID"],
    ["after=501", "PARAMETER_INVALID"],
    ["limit=1", "PARAMETER_UNKNOWN"],
    ["q=%22", "QUERY_INVALID"],
    [`q=${"a".repeat(4097)}`, "QUERY_TOO_LONG"],
  ])("refuses %s", async (query, code) => {
    const response = await host.fetch(
      `/logs/019ab5c2-7d3e-7c01-9f00-6b1e5a000003/context?${query}`,
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code, status: 400 });
  });
});
