import { expect, it } from "vitest";
import { describeOnHosts } from "../../test/hosts.ts";

describeOnHosts("stats answers 400", (host) => {
  it.each([
    ["measure=median(latency_ms)", "PARAMETER_INVALID"],
    ["measure=p95", "PARAMETER_INVALID"],
    ["measure=", "PARAMETER_INVALID"],
    [`measure=${Array.from({ length: 11 }, () => "count").join(",")}`, "PARAMETER_INVALID"],
    ["by=a,b,c,d,e", "PARAMETER_INVALID"],
    ["by=a,a", "PARAMETER_INVALID"],
    ["by=a,", "PARAMETER_INVALID"],
    ["interval=0s", "PARAMETER_INVALID"],
    ["interval=1y", "PARAMETER_INVALID"],
    ["top=0", "PARAMETER_INVALID"],
    ["limit=1", "PARAMETER_UNKNOWN"],
    ["from=2000&to=1000", "PARAMETER_INVALID"],
    ["q=x:%3E", "QUERY_INVALID"],
    [`q=${"a".repeat(4097)}`, "QUERY_TOO_LONG"],
  ])("refuses %s", async (query, code) => {
    const response = await host.fetch(`/logs/stats?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code, status: 400 });
  });
});
