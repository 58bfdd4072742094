import { expect, it } from "vitest";
import { describeOnHosts } from "../../test/hosts.ts";

describeOnHosts("export answers 400", (host) => {
  it.each([
    ["format=xlsx", "PARAMETER_INVALID"],
    ["format=", "PARAMETER_INVALID"],
    ["columns=message", "PARAMETER_INVALID"],
    ["format=csv&columns=", "PARAMETER_INVALID"],
    ["format=csv&columns=a,a", "PARAMETER_INVALID"],
    [`format=csv&columns=${Array.from({ length: 201 }, (_, at) => `a${at}`)}`, "PARAMETER_INVALID"],
    ["order=best", "PARAMETER_INVALID"],
    ["limit=1", "PARAMETER_UNKNOWN"],
    ["cursor=x", "PARAMETER_UNKNOWN"],
    ["from=2000&to=1000", "PARAMETER_INVALID"],
    ["q=x:%3E", "QUERY_INVALID"],
    [`q=${"a".repeat(4097)}`, "QUERY_TOO_LONG"],
  ])("refuses %s", async (query, code) => {
    const response = await host.fetch(`/logs/export?${query}`);
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ code, status: 400 });
  });
});
